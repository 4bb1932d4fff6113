import type { ChildProcess } from 'node:child_process';

export interface Launched {
  /** Where it listens: `http://127.0.0.1:<port>`. */
  url: string;
  child: ChildProcess;
  output: { text(): string; onLine(listener: (line: string) => void): void };
  ended: Promise<{ code: number | string | null; signal: string | null }>;
  /** Asks it to end (SIGTERM) and waits. */
  stop(): Promise<{ code: number | string | null; signal: string | null }>;
  /** kill -9. */
  kill(): Promise<{ code: number | string | null; signal: string | null }>;
}

export function launchSandbox(options?: {
  port?: number;
  scenario?: string;
  speed?: number;
  seed?: number;
  args?: string[];
  logFile?: string;
}): Promise<Launched>;

export function launchDashboard(options: {
  endpointUrl: string;
  port?: number;
  dataDir: string;
  env?: Record<string, string>;
  logFile?: string;
}): Promise<Launched>;
