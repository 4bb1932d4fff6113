import { type GetLineageQuery, getLineageQuerySchema } from '../contract/lineage';
import { formatStatusWords, parseStatusWords } from '../jobs/jobs-search';

/** The words of the lineage page's query string that the API knows as well. */
export const LINEAGE_FIELDS = [
  'focus',
  'depth',
  'only',
  'status',
  'baseModel',
  'dataset',
  'since',
  'until',
  'open',
  'closed',
] as const satisfies (keyof GetLineageQuery)[];
export type LineageField = (typeof LINEAGE_FIELDS)[number];
export type LineageWords = Partial<Record<LineageField, string>>;

/** Of these, the ones that choose which jobs are shown. */
export const LINEAGE_FILTERS = ['only', 'status', 'baseModel', 'dataset', 'since', 'until'] as const;

type RawWords = Partial<Record<string, string | readonly string[] | null>>;

/** Reads the words of an address; what cannot be understood is left out and named. */
export function parseLineageWords(raw: RawWords): { words: LineageWords; ignored: LineageField[] } {
  const words: LineageWords = {};
  const ignored: LineageField[] = [];
  for (const field of LINEAGE_FIELDS) {
    const given = raw[field];
    const value = (typeof given === 'string' ? given : (given?.[0] ?? '')).trim();
    if (!value) continue;
    if (getLineageQuerySchema.shape[field].safeParse(value).success) words[field] = value;
    else ignored.push(field);
  }
  return { words, ignored };
}

/** The query string of the API, always in the same order: equal questions, equal text. */
export function formatLineageWords(words: LineageWords): string {
  const text = new URLSearchParams();
  for (const field of LINEAGE_FIELDS) {
    const value = field === 'status' ? formatStatusWords(parseStatusWords(words.status)) : words[field];
    if (!value || (field === 'only' && value === '0')) continue;
    text.set(field, value);
  }
  return text.toString();
}
