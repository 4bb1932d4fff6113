'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import { StaleNote } from '@/components/ui/stale-note';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { AppError } from '@/lib/contract/app-error';
import { FILTER_FIELDS, hasFilters, type IgnoredWord } from '@/lib/jobs/jobs-search';
import { healthQuery, jobListQuery } from '@/lib/queries/jobs-queries';
import { formatPlural } from '@/lib/shared/format';
import { FilterBar } from './filter-bar/filter-bar';
import { IgnoredNote } from './ignored-note';
import classes from './jobs-list.module.css';
import { JobsTable } from './jobs-table';
import { JobsTableSkeleton } from './jobs-table-skeleton';
import { NoJobs } from './no-jobs';
import { Pager } from './pager';
import { SelectionBar } from './selection-bar';
import { useChangedRows } from './use-changed-rows';
import { useColumns } from './use-columns';
import { useJobsSearch } from './use-jobs-search';
import { useSelection } from './use-selection';

const LOST_PAGE: IgnoredWord = { field: 'cursor', value: '', reason: 'names a page that is not there any more' };

/** The jobs of a region: filters, table, pages, and a look of its own for every way there can be none. */
export function JobsList({ region }: { region: string }) {
  const state = useJobsSearch();
  const { search, text, ignored, change } = state;
  const { data, error, isError, isFetching, isPlaceholderData, refetch } = useQuery(jobListQuery(region, text));
  const { data: health } = useQuery(healthQuery());
  const changed = useChangedRows(isPlaceholderData ? undefined : data?.jobs, text);
  const selection = useSelection();
  const columns = useColumns();
  const [lostPage, setLostPage] = useState(false);

  const badCursor = isError && error instanceof AppError && error.code === 'bad_request' && error.field === 'cursor';
  useEffect(() => {
    if (!badCursor || !search.cursor) return;
    setLostPage(true);
    change({ cursor: undefined }, 'replace');
  }, [badCursor, search.cursor, change]);

  const clear = () => change(Object.fromEntries(FILTER_FIELDS.map((field) => [field, undefined])));
  const toPage = (cursor: string | undefined) => {
    change({ cursor });
    window.scrollTo({ top: 0 });
  };
  const notes = [
    ...ignored,
    ...columns.unknown.map((value): IgnoredWord => ({ field: 'columns', value, reason: 'is no column of this list' })),
    ...(lostPage && !search.cursor ? [LOST_PAGE] : []),
  ];

  return (
    <>
      <h1 className={classes.reader}>Jobs in {region}</h1>
      {data?.totalUnfiltered === 0 && !hasFilters(search) ? null : (
        <FilterBar region={region} state={state} columns={columns} data={data} />
      )}
      <IgnoredNote
        ignored={notes}
        onTidy={() => {
          setLostPage(false);
          change({}, 'replace');
          columns.tidy();
        }}
      />
      <VisuallyHidden>
        <span role="status">
          {data && !isPlaceholderData && hasFilters(search) ? `${formatPlural(data.total, 'job')} found` : ''}
        </span>
      </VisuallyHidden>
      {body()}
    </>
  );

  function body() {
    if (!data) {
      if (!isError || badCursor) return <JobsTableSkeleton />;
      const words = toWords(error);
      if (words.denied) return <NoPermissionState title={`Jobs of ${region} cannot be read`} {...words} />;
      return (
        <ErrorState
          title="The jobs could not be loaded"
          message={words.message}
          hint={words.hint}
          onRetry={() => refetch()}
          retrying={isFetching}
        />
      );
    }
    return (
      <>
        {isError && !badCursor ? (
          <div className={classes.stale}>
            <StaleNote {...toWords(error)} onRetry={() => refetch()} retrying={isFetching} />
          </div>
        ) : null}
        {data.jobs.length === 0 ? (
          <NoJobs region={region} health={health} filtered={data.totalUnfiltered > 0} onClear={clear} />
        ) : (
          <>
            <JobsTable
              columns={columns.columns}
              jobs={data.jobs}
              offset={data.offset}
              total={data.total}
              search={search}
              changed={changed}
              stale={isPlaceholderData}
              onSort={change}
              selection={selection}
            />
            <Pager data={data} onPage={toPage} />
            <SelectionBar region={region} selection={selection} />
          </>
        )}
      </>
    );
  }
}

function toWords(error: unknown): { message: string; hint?: string; denied: boolean } {
  if (!(error instanceof AppError)) return { message: 'Something went wrong in this page.', denied: false };
  return { message: error.message, hint: error.hint, denied: error.code === 'access_denied' };
}
