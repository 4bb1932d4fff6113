import { parseDuration } from '../duration';
import type { Sandbox } from '../sandbox';
import { SEEDED_KINDS } from '../world/seeded-log';
import { ControlError, optionalChoice, optionalNumber, optionalText, refuseUnknown } from './control-input';

const KNOWN = ['region', 'group', 'stream', 'lines', 'startedAgo', 'span', 'kind'];
const GROUP = /^[.\-_/#A-Za-z0-9]{1,512}$/;
const STREAM = /^[^:*]{1,512}$/;

/** `POST /_sandbox/logs`: a log stream with as many lines as wished, spread evenly over a span that may reach into the future. */
export function seedLog(sandbox: Sandbox, input: Record<string, unknown>): { group: string; stream: string } {
  refuseUnknown(input, KNOWN);
  const group = optionalText(input, 'group') ?? '';
  const stream = optionalText(input, 'stream') ?? '';
  const lines = optionalNumber(input, 'lines') ?? 100;
  const agoMs = parseDuration(input.startedAgo ?? '1h');
  const spanMs = parseDuration(input.span ?? input.startedAgo ?? '1h');
  if (!GROUP.test(group)) throw new ControlError('group is not the name of a log group');
  if (!STREAM.test(stream)) throw new ControlError('stream is not the name of a log stream');
  if (!Number.isInteger(lines) || lines < 1) throw new ControlError('lines must be a whole number from 1');
  if (agoMs === undefined || spanMs === undefined || spanMs < 1) {
    throw new ControlError('startedAgo and span must be durations such as 3h');
  }
  const fromMs = sandbox.clock.now() - agoMs;
  sandbox.world.region(optionalText(input, 'region') ?? 'us-west-2').seededLogs.push({
    group,
    stream,
    fromMs,
    toMs: fromMs + spanMs,
    lines,
    kind: optionalChoice(input, 'kind', SEEDED_KINDS) ?? 'plain',
  });
  return { group, stream };
}
