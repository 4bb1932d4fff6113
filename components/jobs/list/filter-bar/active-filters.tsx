'use client';

import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import classes from '@/components/ui/filter-bar.module.css';
import { useHydrated } from '@/components/ui/use-hydrated';
import { FILTER_FIELDS, type FilterField, type JobsSearch, parseStatusWords } from '@/lib/jobs/jobs-search';
import { shortDataset, shortModel } from '@/lib/jobs/row-facts';
import { STATUS_GROUPS } from '@/lib/jobs/status';
import { formatUtc, formatZoned, parseTime } from '@/lib/shared/time';
import type { SearchChange } from '../use-jobs-search';
import { categoryLabel } from './category-label';

interface ActiveFiltersProps {
  search: JobsSearch;
  onChange: (part: SearchChange) => void;
}

interface ActiveFilter {
  key: string;
  label: string;
  without: SearchChange;
}

/** Every filter that is on, each with a way to take it off, and one for all. */
export function ActiveFilters({ search, onChange }: ActiveFiltersProps) {
  // The viewer's zone is known in the browser only; until then times are written in UTC.
  const write = useHydrated() ? formatZoned : formatUtc;
  const active = activeFilters(search, (iso) => write(parseTime(iso) ?? 0));
  if (active.length === 0) return null;
  return (
    <ul className={classes.active} aria-label="Filters that are on">
      {active.map(({ key, label, without }) => (
        <li key={key}>
          <UnstyledButton
            className={classes.removable}
            aria-label={`Remove filter ${label}`}
            onClick={() => onChange(without)}
          >
            <bdi className={classes.removableText}>{label}</bdi>
            <IconX size={12} aria-hidden="true" />
          </UnstyledButton>
        </li>
      ))}
      <li>
        <UnstyledButton
          className={classes.clear}
          onClick={() => onChange(Object.fromEntries(FILTER_FIELDS.map((field) => [field, undefined])))}
        >
          Clear all
        </UnstyledButton>
      </li>
    </ul>
  );
}

function activeFilters(search: JobsSearch, writeTime: (iso: string) => string): ActiveFilter[] {
  const one = (field: FilterField, label: string): ActiveFilter => ({
    key: field,
    label,
    without: { [field]: undefined },
  });
  const words = parseStatusWords(search.status);
  return [
    ...words.map((word) => ({
      key: `status ${word}`,
      label: (STATUS_GROUPS as readonly string[]).includes(word) ? `Status: ${word}` : `AWS status: ${word}`,
      without: { status: words.filter((each) => each !== word).join(',') },
    })),
    ...(search.category ? [one('category', `Kind: ${categoryLabel(search.category).toLowerCase()}`)] : []),
    ...(search.q ? [one('q', `Text: ${search.q}`)] : []),
    ...(search.baseModel ? [one('baseModel', `Base model: ${shortModel(search.baseModel)}`)] : []),
    ...(search.dataset ? [one('dataset', `Dataset: ${shortDataset(search.dataset)}`)] : []),
    ...(search.since ? [one('since', `From: ${writeTime(search.since)}`)] : []),
    ...(search.until ? [one('until', `To: ${writeTime(search.until)}`)] : []),
  ];
}
