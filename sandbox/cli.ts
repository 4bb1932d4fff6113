import { parseArgs } from 'node:util';
import { createControlClient } from './control-client';
import { SCENARIOS } from './scenarios/catalog';
import { startSandbox, toEpochMs } from './start-sandbox';

const DEFAULT_PORT = 4010;
const USAGE = `usage: sandbox [--port N] [--scenario NAME] [--speed X] [--seed N] [--now ISO]
       sandbox list
       sandbox advance 5m [--port N]
       sandbox reset [--port N]
       sandbox seed SCENARIO [--port N]`;

async function main(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(args);
  const [command, argument] = positionals;
  if (values.help) return print(USAGE);
  if (command === undefined) return serve(values);
  const port = readPort(values.port);
  const control = createControlClient(`http://127.0.0.1:${port}`);
  switch (command) {
    case 'list':
      return print(SCENARIOS.map(({ name, description }) => `${name.padEnd(20)} ${description}`).join('\n'));
    case 'advance': {
      const state = await control.advance(argument ?? fail('advance needs a duration, for example: advance 5m'));
      return print(`now ${state.now}`);
    }
    case 'reset':
      return print(`reset to ${(await control.reset()).scenario}`);
    case 'seed': {
      const scenario = argument ?? fail('seed needs a scenario; `list` names them');
      return print(`reset to ${(await control.reset({ scenario })).scenario}`);
    }
    default:
      return fail(`unknown command: ${command}`);
  }
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        scenario: { type: 'string' },
        speed: { type: 'string' },
        seed: { type: 'string' },
        now: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof readArguments>['values'];

async function serve(values: Values): Promise<void> {
  const port = readPort(values.port);
  const speed = readNumber('--speed', values.speed ?? '1');
  const seed = readNumber('--seed', values.seed ?? '1');
  const scenario = values.scenario ?? 'team-month';
  try {
    const running = await startSandbox({
      port,
      scenario,
      speed,
      seed,
      ...(values.now !== undefined && { now: toEpochMs(values.now) }),
    });
    print(`sandbox: ${running.url} scenario=${scenario} speed=${speed} seed=${seed}`);
    const close = () => void running.close().then(() => process.exit(0));
    process.once('SIGINT', close);
    process.once('SIGTERM', close);
  } catch (error) {
    if (error instanceof RangeError) stop(error.message);
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    stop(`port ${port} is taken. fix: choose another with --port or SANDBOX_PORT`);
  }
}

function readPort(text: string | undefined): number {
  const source = text !== undefined ? '--port' : 'SANDBOX_PORT';
  const port = readNumber(source, text ?? process.env.SANDBOX_PORT ?? String(DEFAULT_PORT));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`${source} must be a port from 0 to 65535`);
  return port;
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) fail(`${name} must be a number, not "${text}"`);
  return value;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** For a command that was not understood: says what is, too. */
function fail(message: string): never {
  return stop(`${message}\n${USAGE}`);
}

function stop(message: string): never {
  process.stderr.write(`sandbox: ${message}\n`);
  process.exit(1);
}

/** Node says only "fetch failed" and keeps the reason in the cause. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const refused = (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
  return refused ? 'no sandbox answers on that port. fix: start one, or name its port with --port' : error.message;
}

main(process.argv.slice(2)).catch((error: unknown) => stop(describeError(error)));
