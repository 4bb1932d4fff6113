import classes from '@/components/ui/filter-bar.module.css';
import { TimeFilter } from '@/components/ui/time-filter';
import { type FilterValue, ValueFilter } from '@/components/ui/value-filter';
import type { ListJobsResponse } from '@/lib/contract/jobs';
import { JOB_CATEGORIES } from '@/lib/contract/names';
import { formatJobsView } from '@/lib/jobs/jobs-view';
import { shortDataset, shortModel } from '@/lib/jobs/row-facts';
import { formatPlural } from '@/lib/shared/format';
import type { Columns } from '../use-columns';
import type { JobsSearchState } from '../use-jobs-search';
import { ActiveFilters } from './active-filters';
import { categoryLabel } from './category-label';
import { ColumnsMenu } from './columns-menu';
import { SortMenu } from './sort-menu';
import { StatusFilter } from './status-filter';
import { ViewsMenu } from './views-menu';

interface FilterBarProps {
  region: string;
  state: JobsSearchState;
  columns: Columns;
  data: ListJobsResponse | undefined;
}

/** What narrows the list. Everything it sets stands in the URL. */
export function FilterBar({ region, state, columns, data }: FilterBarProps) {
  const { search, change } = state;
  return (
    <section className={classes.bar} aria-label="Filters">
      <div className={classes.line}>
        <StatusFilter
          status={search.status}
          counts={data?.facets.jobStatus}
          onChange={(status) => change({ status })}
        />
        <ValueFilter
          label="Kind"
          allLabel="Training and evaluation"
          values={JOB_CATEGORIES.map((value) => ({ value, label: categoryLabel(value) }))}
          selected={search.category}
          onChange={(category) => change({ category })}
        />
        <ValueFilter
          label="Base model"
          allLabel="All base models"
          values={withSelected(data?.facets.baseModel, search.baseModel, shortModel)}
          selected={search.baseModel}
          onChange={(baseModel) => change({ baseModel })}
        />
        <ValueFilter
          label="Dataset"
          allLabel="All datasets"
          values={withSelected(data?.facets.dataset, search.dataset, shortDataset)}
          selected={search.dataset}
          onChange={(dataset) => change({ dataset })}
        />
        <TimeFilter since={search.since} until={search.until} awsNow={data?.awsNow} onChange={change} />
        <SortMenu sorting={search} onChange={change} />
        <span className={classes.total}>{data ? formatPlural(data.total, 'job') : null}</span>
        <ColumnsMenu columns={columns} />
        <ViewsMenu region={region} current={formatJobsView(search, columns.word)} />
      </div>
      <ActiveFilters search={search} onChange={change} />
    </section>
  );
}

/** The values of a menu; one that the URL names and the region does not have stays visible as chosen. */
function withSelected(
  values: readonly { value: string; count: number }[] | undefined,
  selected: string | undefined,
  shorten: (value: string) => string,
): FilterValue[] {
  const known = (values ?? []).map(({ value, count }) => ({ value, label: shorten(value), count }));
  if (!selected || known.some(({ value }) => value === selected)) return known;
  return [{ value: selected, label: shorten(selected) }, ...known];
}
