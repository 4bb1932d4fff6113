'use client';

import { Button, CloseButton, Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Hint } from '@/components/ui/hint';
import classes from './log-toolbar.module.css';

interface LogToolbarProps {
  words: string;
  onWords: (words: string) => void;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  /** All lines that are shown, as text; made when it is copied. */
  shownText: () => string;
  shownCount: number;
}

/** Longer is refused by the API. */
const MAX_WORDS = 512;

/** Search at AWS, wrapping, and copying. Searching costs calls, so it starts with Enter and not with every key. */
export function LogToolbar({ words, onWords, wrap, onWrap, shownText, shownCount }: LogToolbarProps) {
  const [typed, setTyped] = useState(words);
  useEffect(() => setTyped(words), [words]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onWords(typed);
  };
  const clear = () => {
    setTyped('');
    onWords('');
  };
  return (
    <div className={classes.bar}>
      {/* biome-ignore lint/a11y/useSemanticElements: React draws <search>, but old screen readers know only the role */}
      <form role="search" aria-label="Search this log" className={classes.search} onSubmit={submit}>
        <TextInput
          className={classes.input}
          aria-label="Words to find in the whole log"
          placeholder="Find in the whole log"
          leftSection={<IconSearch size={14} />}
          maxLength={MAX_WORDS}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          rightSection={typed ? <CloseButton size="xs" aria-label="Clear the search" onClick={clear} /> : null}
        />
        <Hint label="CloudWatch searches for these exact words. Upper and lower case count." focusable={false}>
          <Button type="submit" variant="default" disabled={typed === words}>
            Search
          </Button>
        </Hint>
      </form>
      <Switch size="xs" label="Wrap lines" checked={wrap} onChange={(event) => onWrap(event.currentTarget.checked)} />
      {shownCount > 0 ? <CopyButton value={shownText} what="shown lines" withText /> : null}
    </div>
  );
}
