import { formatPageToken, parsePageToken } from '../../protocol/page-token';

const DEFAULT_LIMIT = 50;

/** One page of a Describe operation. A token names the last item shown, so that new ones do not shift the pages. */
export function cutLogPage<T>(
  input: Readonly<Record<string, unknown>>,
  token: string | undefined,
  items: readonly T[],
  limit = DEFAULT_LIMIT,
  keyOf: (item: T) => string,
): { items: T[]; nextToken?: string } {
  const { nextToken: _token, limit: _limit, ...request } = input;
  const after = parsePageToken(request, token);
  const start = after === undefined ? 0 : items.findIndex((item) => keyOf(item) === after) + 1;
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  const more = last !== undefined && start + limit < items.length;
  return more ? { items: page, nextToken: formatPageToken(request, keyOf(last)) } : { items: page };
}
