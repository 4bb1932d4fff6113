'use client';

import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { AppError } from '@/lib/contract/app-error';
import { pagePaths } from '@/lib/contract/paths';
import { type PrunePreview, pruneRulesSchema } from '@/lib/contract/prune';
import { deleteByHand } from '@/lib/prune/delete-by-hand';
import type { PruneSearch } from '@/lib/prune/prune-search';
import { startPruneMutation } from '@/lib/queries/prune-queries';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import { DownloadArns } from './download-list';
import classes from './prune.module.css';

interface ConfirmPruneProps {
  region: string;
  preview: PrunePreview;
  search: PruneSearch;
  dropped: ReadonlySet<string>;
  onClose: () => void;
}

/** The last question. It costs the number of checkpoints, typed. */
export function ConfirmPrune({ region, preview, search, dropped, onClose }: ConfirmPruneProps) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  // What was on screen when the question was asked: a list that moves on meanwhile is refused by the server.
  const [asked] = useState(preview);
  const start = useMutation(startPruneMutation(region, useQueryClient()));
  const count = asked.counts.go - dropped.size;
  const right = typed.trim().replaceAll(',', '') === String(count);
  const { error } = start;
  const close = () => (start.isPending ? undefined : onClose());
  const begin = () =>
    right &&
    start.mutate(
      { rules: pruneRulesSchema.parse(search), planToken: asked.planToken, drop: [...dropped], confirm: count },
      { onSuccess: ({ run }) => router.push(pagePaths.pruneRun(region, run.id)) },
    );
  const code = deleteByHand(region);
  return (
    <Dialog opened onClose={close} title={`Delete ${formatPlural(count, 'checkpoint')}?`}>
      <ul className={classes.points}>
        <li>Deleted packages cannot be brought back. Nothing can be resumed, iterated or evaluated from them.</li>
        {asked.counts.goGuessed > 0 ? (
          <li>
            <strong>{formatInteger(asked.counts.goGuessed)} of them are only guessed to be of their job.</strong>{' '}
            Another job may have made them, and need them.
          </li>
        ) : null}
        <li>
          They are deleted one by one in the background. Before each ten AWS is asked which jobs began since; what came
          to be needed stays.
        </li>
        <li>Cairn does not see endpoints or models that were made from a package. Pin or approve those first.</li>
        <li>Whether the files in S3 go with a package, AWS does not say. Of restricted groups it keeps them itself.</li>
      </ul>
      <details className={classes.details}>
        <summary>The same by hand</summary>
        <DownloadArns region={region} search={search} dropped={dropped} planToken={asked.planToken} />
        {code.map(({ name, text }) => (
          <div key={name} className={classes.code}>
            <div className={classes.codeHead}>
              {name} <CopyButton value={text} what={`the ${name} code`} />
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0}>{text}</pre>
          </div>
        ))}
      </details>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <TextInput
          label={`Type ${formatInteger(count)} to confirm`}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
          disabled={start.isPending}
        />
        {error ? (
          <p role="alert" className={classes.problem}>
            {error.message} {error instanceof AppError ? error.hint : null}
          </p>
        ) : null}
        <div className={classes.buttons}>
          <Button variant="default" onClick={close} disabled={start.isPending}>
            Keep them
          </Button>
          <Button type="submit" color="red" className={classes.delete} disabled={!right} loading={start.isPending}>
            Delete {formatPlural(count, 'checkpoint')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
