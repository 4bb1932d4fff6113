import 'server-only';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { LogEvent } from '../../contract/logs';
import { nameOrdered, type TailLine } from './log-page';

const pack = promisify(deflate);
const unpack = promisify(inflate);

/** How a stretch of a log is written: the times, the places of the streams in the log's list, the messages. */
interface Body {
  t: number[];
  s: number[];
  m: string[];
}

/** A stretch of a log, deflated. JSON escapes what UTF-8 cannot hold, so every message comes back as it was. */
export async function packLines(events: readonly LogEvent[], streams: string[]): Promise<Uint8Array> {
  const body: Body = { t: [], s: [], m: [] };
  for (const { timestamp, stream, message } of events) {
    let place = streams.indexOf(stream);
    if (place < 0) place = streams.push(stream) - 1;
    body.t.push(Date.parse(timestamp));
    body.s.push(place);
    body.m.push(message);
  }
  return pack(JSON.stringify(body));
}

/** The lines of a stretch again, named as they were. */
export async function unpackLines(packed: Uint8Array, streams: readonly string[]): Promise<LogEvent[]> {
  const { t, s, m } = JSON.parse((await unpack(packed)).toString('utf8')) as Body;
  const lines = t.map(
    (timestampMs, i): TailLine => ({ timestampMs, stream: streams[s[i] ?? 0] ?? '', message: m[i] ?? '' }),
  );
  return nameOrdered(lines);
}
