import { hashKey } from '../../rng';
import { invalidParameter } from './log-errors';

/**
 * A place between two events of a stream: behind all events before `timestamp` and behind the first `ordinal` of those
 * at it. A forward token reads on from there, a backward token reads what lies before.
 */
export interface Position {
  direction: 'f' | 'b';
  timestamp: number;
  ordinal: number;
  /** Set when the service has already answered once from here with an empty page. */
  rested: boolean;
}

const TOKEN = /^([fb])\/(\d)(\d{10})(\d{16})(\d{10})(\d{19})\/s$/;

/** A token as long as AWS's own: a direction, 56 digits, `/s`. It only fits the stream it was made for. */
export function formatPositionToken(stream: string, position: Position): string {
  const digits = (value: number, length: number) => String(value).padStart(length, '0');
  const rested = position.rested ? '4' : '3';
  return `${position.direction}/${rested}${digits(hashKey('log-token', stream), 10)}${digits(position.timestamp, 16)}${digits(position.ordinal, 10)}${digits(0, 19)}/s`;
}

/** Reads a token. Throws InvalidParameterException when it is not one, or not one of this stream. */
export function parsePositionToken(stream: string, token: string): Position {
  const found = TOKEN.exec(token);
  if (!found || Number(found[3]) !== hashKey('log-token', stream)) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  return {
    direction: found[1] as 'f' | 'b',
    rested: found[2] === '4',
    timestamp: Number(found[4]),
    ordinal: Number(found[5]),
  };
}
