import { type PrunePreviewQuery, prunePreviewQuerySchema } from '../contract/prune';

/** The words of the page's query string, in the order they are written; the API's own, so that both read alike. */
export const PRUNE_FIELDS = [
  'best',
  'by',
  'nth',
  'last',
  'branch',
  'evaluated',
  'approved',
  'noted',
  'guessed',
  'group',
  'job',
  'lineage',
  'status',
  'kind',
  'days',
  'show',
  'why',
] as const;
export type PruneField = (typeof PRUNE_FIELDS)[number];
export type PruneSearch = Pick<PrunePreviewQuery, PruneField>;

/** A word that was left out because it cannot be understood. */
export interface IgnoredPruneWord {
  field: PruneField;
  /** As the end of a sentence that starts with the field. */
  reason: string;
}

type RawWords = Partial<Record<string, string | readonly string[] | null>>;

const DEFAULTS = prunePreviewQuerySchema.parse({});

/** Reads the query string of the page. Never fails: what cannot be understood is left out and told. */
export function parsePruneSearch(words: RawWords): { search: PruneSearch; ignored: IgnoredPruneWord[] } {
  const ignored: IgnoredPruneWord[] = [];
  const good: Record<string, string> = {};
  for (const field of PRUNE_FIELDS) {
    const raw = words[field];
    const value = (typeof raw === 'string' ? raw : (raw?.[0] ?? '')).trim();
    if (!value) continue;
    const parsed = prunePreviewQuerySchema.shape[field].safeParse(value);
    if (parsed.success) good[field] = value;
    else ignored.push({ field, reason: parsed.error.issues[0]?.message ?? 'cannot be understood' });
  }
  const { offset: _offset, limit: _limit, ...search } = prunePreviewQuerySchema.parse(good);
  return { search, ignored };
}

/** The query string of a search in its one form: always the same order, without what is the default. */
export function formatPruneSearch(search: PruneSearch): string {
  const text = new URLSearchParams();
  for (const field of PRUNE_FIELDS) {
    const value = search[field];
    if (value === undefined || value === '' || value === DEFAULTS[field]) continue;
    text.set(field, String(value));
  }
  return text.toString();
}
