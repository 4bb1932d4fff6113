import { formatPageToken, parsePageToken } from '../../protocol/page-token';

export interface Page<T> {
  items: T[];
  nextToken?: string;
}

export interface PageRequest<T> {
  /** The whole request; a token only fits the request it came from. */
  input: Readonly<Record<string, unknown>>;
  token: string | undefined;
  /** How many items a page may hold. */
  limit: number;
  /** How many candidates one call looks at. Fewer hits than `limit` then make a short page with a token, as AWS does. */
  scanLimit: number;
  /** Candidates in order. */
  candidates: readonly T[];
  matches(item: T): boolean;
  /** Identifies an item for the token; the next page starts behind it. */
  keyOf(item: T): string;
}

/** Cuts one page. Tokens name the last item looked at, so things appearing in between do not shift the pages. */
export function cutPage<T>(request: PageRequest<T>): Page<T> {
  const after = parsePageToken(request.input, request.token);
  let i = 0;
  if (typeof after === 'string') {
    const last = request.candidates.findIndex((item) => request.keyOf(item) === after);
    i = last + 1;
  }
  const items: T[] = [];
  const end = Math.min(request.candidates.length, i + request.scanLimit);
  for (; i < end && items.length < request.limit; i++) {
    const item = request.candidates[i];
    if (item !== undefined && request.matches(item)) items.push(item);
  }
  const last = request.candidates[i - 1];
  const more = last !== undefined && i < request.candidates.length && hasMore(request, i, end);
  return more ? { items, nextToken: formatPageToken(request.input, request.keyOf(last)) } : { items };
}

/** When the scan limit was not what ended the page, AWS only hands out a token if something follows. */
function hasMore<T>(request: PageRequest<T>, from: number, scannedTo: number): boolean {
  for (let i = from; i < scannedTo; i++) {
    const item = request.candidates[i];
    if (item !== undefined && request.matches(item)) return true;
  }
  return scannedTo < request.candidates.length;
}
