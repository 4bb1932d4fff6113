'use client';

import { ActionIcon, Button, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import filterClasses from '@/components/ui/filter-bar.module.css';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import { pagePaths } from '@/lib/contract/paths';
import type { SavedView } from '@/lib/contract/saved-views';
import { healthQuery } from '@/lib/queries/jobs-queries';
import { savedViewMutation, savedViewsQuery } from '@/lib/queries/saved-views-queries';
import classes from './views-menu.module.css';

interface ViewsMenuProps {
  region: string;
  /** The list as it is now: the canonical query string of its page. */
  current: string;
}

/** The views the team gave a name: filters, sorting and columns, for everybody who opens this Cairn. */
export function ViewsMenu({ region, current }: ViewsMenuProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={filterClasses.chip} onClick={() => setOpened(!opened)}>
          <IconBookmark size={12} aria-hidden="true" />
          Views
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views">
        {opened ? <Views region={region} current={current} onOpen={() => setOpened(false)} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function Views({ region, current, onOpen }: ViewsMenuProps & { onOpen: () => void }) {
  const [name, setName] = useState('');
  const { data, error, isPending } = useQuery(savedViewsQuery(region));
  const readOnly = useQuery(healthQuery()).data?.readOnly?.reason;
  const mutation = useMutation(savedViewMutation(region, useQueryClient()));
  const taken = data?.views.find((view) => view.name === name.trim());
  const problem = mutation.error ?? error;
  return (
    <div className={classes.views}>
      {isPending ? <SkeletonBox height={28} /> : null}
      {data?.views.length === 0 ? (
        <p className={classes.dim}>
          None yet. A saved view keeps the filters, the sorting and the columns for the team.
        </p>
      ) : null}
      {data && data.views.length > 0 ? (
        <ul className={classes.list}>
          {data.views.map((view) => (
            <ViewRow
              key={view.id}
              region={region}
              view={view}
              current={view.search === current}
              onOpen={onOpen}
              onRemove={readOnly ? undefined : () => mutation.mutate({ remove: view.id })}
            />
          ))}
        </ul>
      ) : null}
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem.message}
        </p>
      ) : null}
      {readOnly ? (
        <p className={classes.dim}>{readOnly}</p>
      ) : (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) mutation.mutate({ name, search: current }, { onSuccess: () => setName('') });
          }}
        >
          <TextInput
            label="Save what is shown now as"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={80}
            data-autofocus
          />
          <Button type="submit" variant="default" loading={mutation.isPending} disabled={name.trim() === ''}>
            {taken ? 'Replace' : 'Save'}
          </Button>
        </form>
      )}
    </div>
  );
}

interface ViewRowProps {
  region: string;
  view: SavedView;
  current: boolean;
  onOpen: () => void;
  onRemove: (() => void) | undefined;
}

function ViewRow({ region, view, current, onOpen, onRemove }: ViewRowProps) {
  return (
    <li className={classes.row}>
      <Link
        className={classes.link}
        href={`${pagePaths.jobs(region)}${view.search ? `?${view.search}` : ''}`}
        aria-current={current || undefined}
        title={`Saved by ${view.who}`}
        onClick={onOpen}
      >
        {view.name}
      </Link>
      {onRemove ? (
        <ActionIcon aria-label={`Remove the view “${view.name}”`} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      ) : null}
    </li>
  );
}
