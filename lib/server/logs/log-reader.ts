import 'server-only';

/** A log stream as CloudWatch lists it. Its times may lag by an hour (AWS docs), so they prove nothing about live ones. */
export interface LogStreamFacts {
  name: string;
  firstEventAtMs?: number;
  lastEventAtMs?: number;
}

export interface StreamLine {
  timestampMs: number;
  message: string;
}

/** Lines oldest first. Either token is always there; the end that way is reached when it equals the one sent. */
export interface StreamPage {
  lines: StreamLine[];
  forwardToken: string;
  backwardToken: string;
}

export interface ReadStreamInput {
  stream: string;
  token?: string;
  /** Only lines before this time, epoch ms. */
  beforeMs?: number;
  /** Only lines from this time on, epoch ms. */
  fromMs?: number;
  fromHead: boolean;
  limit: number;
}

export interface FoundLine extends StreamLine {
  stream: string;
  eventId: string;
}

export interface SearchInput {
  /** What the streams' names start with; all streams of the group without it. */
  streamPrefix?: string;
  /** One stream instead. */
  stream?: string;
  /** Every line without it. */
  pattern?: string;
  /** Oldest first instead of newest first. */
  fromHead?: boolean;
  /** From (inclusive) and to (exclusive), epoch ms. */
  fromMs: number;
  toMs: number;
  token?: string;
  limit: number;
}

/** One log group as this folder reads it. What does not exist is undefined: normal before the first line and after the last. */
export interface LogReader {
  /** Up to a hundred streams, those that wrote last; of a prefix, or of the whole group without one. */
  listStreams(prefix?: string): Promise<LogStreamFacts[] | undefined>;
  readStream(input: ReadStreamInput): Promise<StreamPage | undefined>;
  search(input: SearchInput): Promise<{ lines: FoundLine[]; nextToken?: string } | undefined>;
}
