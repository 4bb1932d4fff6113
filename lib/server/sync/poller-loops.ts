import 'server-only';

/** What a loop drives: one region of one sort of work. */
export interface Poller {
  /** Does what is due now. Gives how much was done. */
  tick(): Promise<number>;
  stop(): void;
}

export interface PollerLoops {
  /** Starts the timers. */
  start(): void;
  /** Stops the timers and waits for what is under way. */
  stop(): Promise<void>;
  /** Does what is due now in every region. */
  tick(): Promise<void>;
  /** Ticks until nothing is left to do but what time will bring. Tests and benchmarks use it instead of waiting. */
  runUntilIdle(): Promise<void>;
  /** Looks at once instead of waiting. */
  wake(): void;
}

interface PollerLoopOptions {
  lookEveryMs: number;
  /** Looks again at once after a tick that did something, for work that comes in handfuls. */
  eager?: boolean;
}

/** Loops that look every so often whether something is due; regions work side by side and never wait for each other. */
export function createPollerLoops(
  pollers: readonly Poller[],
  { lookEveryMs, eager = false }: PollerLoopOptions,
): PollerLoops {
  let stopped = false;
  const sleepers = new Set<() => void>();
  const loops: Promise<void>[] = [];

  async function loop(poller: Poller): Promise<void> {
    while (!stopped) {
      const done = await poller.tick();
      if (!stopped && !(eager && done > 0)) await sleep();
    }
  }

  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, lookEveryMs);
      timer.unref();
      sleepers.add(wake);
    });
  }

  const wake = () => {
    for (const each of [...sleepers]) each();
  };

  return {
    wake,
    start() {
      if (loops.length === 0) loops.push(...pollers.map(loop));
    },
    async stop() {
      stopped = true;
      for (const poller of pollers) poller.stop();
      wake();
      await Promise.all(loops);
    },
    async tick() {
      await Promise.all(pollers.map((poller) => poller.tick()));
    },
    async runUntilIdle() {
      for (;;) {
        const done = await Promise.all(pollers.map((poller) => poller.tick()));
        if (done.every((count) => count === 0)) return;
      }
    },
  };
}
