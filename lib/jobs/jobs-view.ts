import { formatColumns, parseColumns } from './columns';
import { formatJobsSearch, type JobsSearch, parseJobsSearch } from './jobs-search';

/**
 * A view of the jobs list as the query string of its page: filters, sorting and columns, always in the same order. Equal
 * views, equal text. Not the page of the list and not the jobs that are selected: those belong to the moment.
 */
export function formatJobsView(search: JobsSearch, columns: string | undefined): string {
  const text = new URLSearchParams(formatJobsSearch({ ...search, cursor: undefined }));
  if (columns) text.set('columns', columns);
  return text.toString();
}

/** The same view in its canonical text; words that cannot be understood are left out. */
export function tidyJobsView(text: string): string {
  const words = new URLSearchParams(text);
  const { search } = parseJobsSearch(Object.fromEntries(words));
  return formatJobsView(search, formatColumns(parseColumns(words.get('columns')).shown));
}
