'use client';

import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { MiddleCut } from '@/components/ui/middle-cut';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { LogSources, NameLogGroup } from '@/lib/contract/logs';
import { healthQuery } from '@/lib/queries/jobs-queries';
import { nameLogGroup } from '@/lib/queries/logs-query';
import classes from './name-group-dialog.module.css';

interface NameGroupDialogProps {
  region: string;
  job: JobRef;
  sources: LogSources | undefined;
  opened: boolean;
  onClose: () => void;
  onNamed: (logGroup: string) => void;
}

/** Names the log group of an agent that runs somewhere else, for one job or all of its region, and takes names away. */
export function NameGroupDialog({ region, job, sources, opened, onClose, onNamed }: NameGroupDialogProps) {
  const client = useQueryClient();
  const readOnly = useQuery(healthQuery()).data?.readOnly?.reason;
  const [logGroup, setLogGroup] = useState('');
  const [scope, setScope] = useState<NameLogGroup['scope']>('job');
  const mutation = useMutation({ mutationFn: (body: NameLogGroup) => nameLogGroup(client, region, job, body) });
  const named = sources?.sources.flatMap((each) => (each.scope ? [{ ...each, scope: each.scope }] : [])) ?? [];
  const allowed = sources?.allowed ?? [];
  const error = mutation.error instanceof AppError ? mutation.error : undefined;
  const submit = () => {
    const name = logGroup.trim();
    if (!name) return;
    mutation.mutate(
      { logGroup: name, scope, remove: false },
      {
        onSuccess: () => {
          setLogGroup('');
          onClose();
          onNamed(name);
        },
      },
    );
  };
  return (
    <Dialog opened={opened} onClose={onClose} title="Log groups of this job">
      <p className={classes.text}>
        An agent on EKS, Fargate or EC2 writes to a log group of its own. Name it here, and its lines from the time of
        the job stand beside the job’s.
      </p>
      {named.length > 0 ? (
        <ul className={classes.list} aria-label="Named groups">
          {named.map((each) => (
            <li key={`${each.scope} ${each.logGroup}`} className={classes.item}>
              <MiddleCut text={each.logGroup} mono tailLength={16} />
              <span className={classes.dim}>{each.scope === 'job' ? 'this job' : 'every job'}</span>
              {readOnly ? null : (
                <ActionIcon
                  aria-label={`Take ${each.logGroup} away`}
                  disabled={mutation.isPending}
                  onClick={() => mutation.mutate({ logGroup: each.logGroup, scope: each.scope, remove: true })}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {readOnly ? <p className={classes.dim}>{readOnly}</p> : null}
      {!readOnly && allowed.length === 0 ? (
        <p className={classes.dim}>
          This Cairn allows no group to be named. The operator lists those that may be in CAIRN_LOG_GROUPS.
        </p>
      ) : null}
      {!readOnly && allowed.length > 0 ? (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <TextInput
            label="Name of the log group"
            description={`Allowed: ${allowed.join(', ')}`}
            placeholder={allowed[0]?.replace(/\*$/, '…')}
            maxLength={512}
            value={logGroup}
            onChange={(event) => setLogGroup(event.currentTarget.value)}
            error={error ? [error.message, error.hint].filter(Boolean).join(' ') : undefined}
          />
          <SegmentedControl
            aria-label="For"
            value={scope}
            onChange={(value) => setScope(value as NameLogGroup['scope'])}
            data={[
              { value: 'job', label: 'This job' },
              { value: 'region', label: 'Every job of the region' },
            ]}
          />
          <Button type="submit" loading={mutation.isPending} disabled={!logGroup.trim()}>
            Name this group
          </Button>
        </form>
      ) : null}
    </Dialog>
  );
}
