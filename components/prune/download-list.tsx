'use client';

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { downloadText } from '@/components/ui/download-text';
import { Hint } from '@/components/ui/hint';
import { AppError } from '@/lib/contract/app-error';
import { listedArns, withoutDropped } from '@/lib/prune/listed-arns';
import { formatPruneSearch, type PruneSearch } from '@/lib/prune/prune-search';
import { pruneDownloadMutation } from '@/lib/queries/prune-queries';
import classes from './prune.module.css';

interface DownloadListProps {
  region: string;
  search: PruneSearch;
  dropped: ReadonlySet<string>;
}

/** The whole list as it is shown, as a file: every row with its ARN and why. What was left out by hand is not in it. */
export function DownloadList({ region, search, dropped }: DownloadListProps) {
  const download = useMutation(pruneDownloadMutation(region));
  const text = formatPruneSearch(search);
  return (
    <>
      <Hint label="Every row of this list with its ARN and the reason" focusable={false} className={classes.download}>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={14} />}
          loading={download.isPending}
          onClick={() =>
            download.mutate(text, {
              onSuccess: (csv) => downloadText(`prune-${region}.csv`, withoutDropped(csv, dropped)),
            })
          }
        >
          Download CSV
        </Button>
      </Hint>
      <DownloadProblem error={download.error} />
    </>
  );
}

/** The ARNs of what may go, as the commands by hand read them. */
export function DownloadArns({ region, search, dropped, planToken }: DownloadListProps & { planToken: string }) {
  const download = useMutation(pruneDownloadMutation(region));
  // The list that is confirmed beside it, or none: the commands delete without a second judgement.
  const text = `${formatPruneSearch({ ...search, show: 'go', why: undefined })}&${new URLSearchParams({ planToken })}`;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} />}
        loading={download.isPending}
        onClick={() =>
          download.mutate(text, {
            onSuccess: (csv) => downloadText('packages.txt', listedArns(withoutDropped(csv, dropped)), 'text/plain'),
          })
        }
      >
        Download packages.txt
      </Button>
      <DownloadProblem error={download.error} />
    </>
  );
}

function DownloadProblem({ error }: { error: Error | null }) {
  if (!error) return null;
  return (
    <p role="alert" className={classes.problem}>
      {error.message} {error instanceof AppError ? error.hint : null}
    </p>
  );
}
