'use client';

import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { usePathname, useRouter } from 'next/navigation';
import { parseAsString, useQueryStates } from 'nuqs';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { pagePaths } from '@/lib/contract/paths';
import { formatJobsSearch, parseJobsSearch } from '@/lib/jobs/jobs-search';
import classes from './header.module.css';

export const SEARCH_BOX_ID = 'search-jobs';

/** Long enough to be between two keys, short enough to feel live. */
const TYPING_PAUSE_MS = 250;
const MAX_LENGTH = 256;

/**
 * The one search field. On the jobs list it narrows the list while one types (`q` of the URL); elsewhere Enter leads to
 * the list with it.
 */
export function SearchBox({ region }: { region: string }) {
  const onList = usePathname() === pagePaths.jobs(region);
  const router = useRouter();
  const [{ q }, setSearch] = useQueryStates({ q: parseAsString, cursor: parseAsString });
  const applied = onList ? (q ?? '') : '';
  const [text, setText] = useState(applied);
  const sent = useRef(applied);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, a removed chip or a followed link change the search from outside; what is being typed is not overwritten.
  useEffect(() => {
    if (applied === sent.current) return;
    clearTimeout(timer.current);
    sent.current = applied;
    setText(applied);
  }, [applied]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const apply = (value: string) => {
    clearTimeout(timer.current);
    const next = value.trim();
    if (next === sent.current) return;
    // The first letters make a step that Back undoes; the following ones refine it.
    const history = sent.current === '' ? 'push' : 'replace';
    sent.current = next;
    setSearch({ q: next || null, cursor: null }, { history });
  };

  const change = (value: string) => {
    setText(value);
    if (!onList) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply(value), TYPING_PAUSE_MS);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      if (text) change('');
      else event.currentTarget.blur();
    }
    if (event.key !== 'Enter') return;
    if (onList) apply(text);
    else {
      const search = formatJobsSearch(parseJobsSearch({ q: text }).search);
      router.push(search ? `${pagePaths.jobs(region)}?${search}` : pagePaths.jobs(region));
    }
  };

  return (
    <search className={classes.search}>
      <TextInput
        id={SEARCH_BOX_ID}
        type="search"
        aria-label="Search jobs"
        aria-keyshortcuts="/"
        placeholder="Search name, model, dataset, tag, failure"
        value={text}
        maxLength={MAX_LENGTH}
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        rightSection={
          text ? (
            <CloseButton size={24} aria-label="Clear the search" onClick={() => change('')} />
          ) : (
            <Kbd size="xs" aria-hidden="true">
              /
            </Kbd>
          )
        }
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </search>
  );
}
