import type { LogEvent } from '../contract/logs';
import { formatLineAddress, lineMark } from './line-address';
import { plainLogText } from './log-line';

/** The lines somebody chose: from one to another, in either order; the second is the one the keys move. */
export interface LineSelection {
  from?: LogEvent;
  to?: LogEvent;
}

/** First and last place of a selection among the lines that are held; `[0, -1]` when it is not among them. */
export function selectionRange(events: readonly LogEvent[], { from, to }: LineSelection): [number, number] {
  if (!from || !to) return [0, -1];
  const a = events.findIndex(({ id }) => id === from.id);
  const b = from === to ? a : events.findIndex(({ id }) => id === to.id);
  if (a < 0 && b < 0) return [0, -1];
  return [Math.min(a < 0 ? b : a, b < 0 ? a : b), Math.max(a, b)];
}

/** The lines of a selection that are held, oldest first. */
export function chosenLines(events: readonly LogEvent[], selection: LineSelection): readonly LogEvent[] {
  const [low, high] = selectionRange(events, selection);
  return events.slice(low, high + 1);
}

/** Lines as text for the clipboard: each with its time, without escape sequences. */
export function linesAsText(events: readonly LogEvent[]): string {
  return events.map(({ timestamp, message }) => `${timestamp} ${plainLogText(message)}`).join('\n');
}

/** The address of a line, as its link carries it. */
export const toAddress = ({ timestamp, message, stream }: LogEvent): string =>
  formatLineAddress({ timestampMs: Date.parse(timestamp), mark: lineMark(message), stream });
