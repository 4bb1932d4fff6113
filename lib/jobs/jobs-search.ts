import { type ListJobsQuery, listJobsQuerySchema, SORT_KEYS, type SortKey } from '../contract/jobs';
import { STATUS_GROUPS, type StatusGroup } from './status';

/** The words of the jobs page's query string: the API's own, so that a link and a request read alike. */
export const SEARCH_FIELDS = [
  'category',
  'status',
  'q',
  'baseModel',
  'dataset',
  'since',
  'until',
  'sort',
  'order',
  'cursor',
] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

/** The words that choose which jobs are shown; the others choose their order and page. */
export const FILTER_FIELDS = ['category', 'status', 'q', 'baseModel', 'dataset', 'since', 'until'] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

export type JobsSearch = Omit<ListJobsQuery, 'limit'>;

/** A word of the query string that was left out because it cannot be understood. */
export interface IgnoredWord {
  field: SearchField | 'columns';
  value: string;
  /** Why, as the end of a sentence that starts with the field: `must be one of asc, desc`. */
  reason: string;
}

const DEFAULT_SORT: SortKey = 'creationTime';
const DEFAULT_ORDER = 'desc';
const MAX_SHOWN = 80;

const REASONS: Partial<Record<SearchField, string>> = {
  sort: `must be one of ${SORT_KEYS.join(', ')}`,
  order: 'must be asc or desc',
  since: 'must be a time such as 2026-06-03T12:00:00Z',
  until: 'must be a time such as 2026-06-03T12:00:00Z',
};

type RawWords = Partial<Record<string, string | readonly string[] | null>>;

/**
 * Reads the query string of the jobs page. Never fails: a word that cannot be understood is left out and returned in
 * `ignored`, for the page to say so. Of a word given twice the first counts.
 */
export function parseJobsSearch(words: RawWords): { search: JobsSearch; ignored: IgnoredWord[] } {
  const ignored: IgnoredWord[] = [];
  const good: Partial<Record<SearchField, string>> = {};
  for (const field of SEARCH_FIELDS) {
    const raw = words[field];
    const value = (typeof raw === 'string' ? raw : (raw?.[0] ?? '')).trim();
    if (!value) continue;
    const parsed = listJobsQuerySchema.shape[field].safeParse(value);
    if (parsed.success) {
      good[field] = value;
      continue;
    }
    const reason = REASONS[field] ?? parsed.error.issues[0]?.message ?? 'cannot be understood';
    ignored.push({ field, value: shorten(value), reason });
  }
  const { limit: _, ...search } = listJobsQuerySchema.parse(good);
  return { search, ignored };
}

function shorten(value: string): string {
  const letters = Array.from(value);
  return letters.length > MAX_SHOWN ? `${letters.slice(0, MAX_SHOWN).join('')}…` : value;
}

/** The query string of a search, always in the same order and without what is the default: equal searches, equal text. */
export function formatJobsSearch(search: JobsSearch): string {
  const text = new URLSearchParams();
  for (const field of SEARCH_FIELDS) {
    const value = field === 'status' ? formatStatusWords(parseStatusWords(search.status)) : search[field];
    if (!value) continue;
    if (field === 'sort' && value === DEFAULT_SORT) continue;
    if (field === 'order' && value === DEFAULT_ORDER) continue;
    text.set(field, value);
  }
  return text.toString();
}

/** The status filter as its words, each once: groups first in their order, then raw AWS words as they came. */
export function parseStatusWords(status: string | undefined): string[] {
  const words = new Set((status ?? '').split(',').map((word) => word.trim()));
  words.delete('');
  const groups: string[] = STATUS_GROUPS.filter((group) => words.has(group));
  return [...groups, ...[...words].filter((word) => !groups.includes(word))];
}

/** The words of a status filter as one text, or an empty text for none. */
export function formatStatusWords(words: readonly string[]): string {
  return words.join(',');
}

/** The status filter with one group switched on or off. */
export function toggleStatusGroup(status: string | undefined, group: StatusGroup): string {
  const words = parseStatusWords(status);
  const next = words.includes(group) ? words.filter((word) => word !== group) : [...words, group];
  return formatStatusWords(parseStatusWords(next.join(',')));
}

/** Whether any filter is set; order and page do not count. */
export function hasFilters(search: JobsSearch): boolean {
  return FILTER_FIELDS.some((field) => Boolean(search[field]));
}
