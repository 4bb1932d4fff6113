'use client';

import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import Link from 'next/link';
import type { JobRow } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { formatInteger } from '@/lib/shared/format';
import classes from './actions.module.css';

/** What an evaluation leads to: the same checkpoint once more, and the base model it came from, as the baseline. */
export function EvaluateAgainMenu({ region, job }: { region: string; job: Pick<JobRow, 'parent'> }) {
  const { parent } = job;
  if (!parent) return null;
  const { group, version, step } = parent;
  const maker = parent.job?.jobCategory === 'AgentRFT' ? parent.job : undefined;
  if (!maker && (group === undefined || version === undefined)) return null;
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          Evaluate
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {group !== undefined && version !== undefined ? (
          <Menu.Item component={Link} href={pagePaths.evaluate(region, group, version)}>
            The same checkpoint
            <span className={classes.itemNote}>
              {step === undefined ? `${group}/${version}` : `Step ${formatInteger(step)}`}, with other settings
            </span>
          </Menu.Item>
        ) : null}
        {maker ? (
          <Menu.Item component={Link} href={pagePaths.evaluateBase(region, maker.jobName)}>
            The base model
            <span className={classes.itemNote}>The baseline this score is to be held against</span>
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
