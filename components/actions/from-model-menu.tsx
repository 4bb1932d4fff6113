'use client';

import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import type { JobRow } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { lastModelsQuery, stepRangeQuery } from '@/lib/queries/checkpoint-queries';
import { formatInteger, formatSignificant } from '@/lib/shared/format';
import classes from './actions.module.css';

interface FromModelMenuProps {
  region: string;
  action: 'iterate' | 'evaluate';
  job: Pick<JobRow, 'jobName' | 'jobCategory' | 'reward'>;
}

const LABELS = { iterate: 'Iterate', evaluate: 'Evaluate' } as const;

/**
 * The ways on from the model checkpoints of a training job: its best step and its last one, and for an evaluation the base
 * model. Each says from which and why. Nothing is asked before the menu is opened.
 */
export function FromModelMenu({ region, action, job }: FromModelMenuProps) {
  const [opened, setOpened] = useState(false);
  const best = job.reward?.bestValidation;
  const atBest = useQuery({
    ...stepRangeQuery(region, job, best?.step ?? 0, best?.step ?? 0),
    enabled: opened && best !== undefined,
  });
  const newest = useQuery({ ...lastModelsQuery(region, job), enabled: opened });
  const last = newest.data?.checkpoints.find(isUsable);
  const bestOne = atBest.data?.checkpoints.find(isUsable);
  const waiting = newest.isPending || (best !== undefined && atBest.isPending);
  const failed = newest.error ?? atBest.error;
  const why = failed
    ? failed.message
    : waiting
      ? 'Looking for its model checkpoints.'
      : last || bestOne
        ? undefined
        : newest.data?.complete
          ? 'It has left no model checkpoint that is complete.'
          : 'No model checkpoint found so far; its groups are still being read.';
  const to = ({ group, version }: Checkpoint) => pagePaths[action](region, group, version);
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened} width={280}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          {LABELS[action]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {bestOne && best ? (
          <Menu.Item component={Link} href={to(bestOne)}>
            From step {formatInteger(best.step)}
            <span className={classes.itemNote}>The best: validation {formatSignificant(best.value)}</span>
          </Menu.Item>
        ) : null}
        {!waiting && best && !bestOne && !failed ? (
          <Menu.Item disabled>
            From step {formatInteger(best.step)}
            <span className={classes.itemNote}>The best, but no model checkpoint of it is left</span>
          </Menu.Item>
        ) : null}
        {last && last.step !== bestOne?.step ? (
          <Menu.Item component={Link} href={to(last)}>
            From {last.step === undefined ? `${last.group}/${last.version}` : `step ${formatInteger(last.step)}`}
            <span className={classes.itemNote}>The last model checkpoint</span>
          </Menu.Item>
        ) : null}
        {why ? (
          <Menu.Item disabled>
            <span className={classes.itemNote}>{why}</span>
          </Menu.Item>
        ) : null}
        {action === 'evaluate' ? (
          <Menu.Item component={Link} href={pagePaths.evaluateBase(region, job.jobName)}>
            The base model
            <span className={classes.itemNote}>The baseline: what training began with</span>
          </Menu.Item>
        ) : null}
        <Menu.Item component={Link} href={pagePaths.job(region, job.jobCategory, job.jobName, 'checkpoints')}>
          From another step
          <span className={classes.itemNote}>All of its checkpoints</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const isUsable = ({ kind, packageStatus }: Checkpoint) => kind === 'model' && packageStatus === 'Completed';
