'use client';

import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useId } from 'react';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Missing } from '@/components/ui/missing';
import { Panel } from '@/components/ui/panel';
import type { PlanResponse, ResumePlan } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import type { Tokens } from '@/lib/contract/jobs';
import { formatCount, formatPlural } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
import { ActionError } from './action-error';
import classes from './actions.module.css';
import { resumeLabel } from './resume-label';
import { StepTrack } from './step-track';
import type { useCreateJob } from './use-create-job';
import type { ResumePlanState } from './use-resume-plan';

interface CreateCardProps {
  plan: ResumePlan;
  state: ResumePlanState;
  creation: ReturnType<typeof useCreateJob>;
}

/** What the new job will do and cost, and the one button that starts it. */
export function CreateCard({ plan, state, creation }: CreateCardProps) {
  const id = useId();
  const { source, firstStep, stepsLeft, stepsRedone, redoneTokens, redoneSeconds } = plan;
  const totalSteps = source.step !== undefined && stepsLeft !== undefined ? source.step + stepsLeft : undefined;
  const blocked = whyBlocked(plan, state);
  return (
    <Panel title="The new job">
      <div className={classes.stack}>
        {source.step !== undefined && totalSteps !== undefined ? (
          <StepTrack step={source.step} totalSteps={totalSteps} redone={stepsRedone ?? 0} />
        ) : null}
        <KeyValueList
          items={[
            { key: 'first', label: 'First step', value: known(firstStep, 'The step of the checkpoint is not known') },
            { key: 'left', label: 'Steps left', value: known(stepsLeft, 'The total of the parent is not known') },
            {
              key: 'redone',
              label: 'Trained again',
              value:
                stepsRedone === undefined ? (
                  <Missing reason="How far the parent came is not known" />
                ) : (
                  redoneWords(stepsRedone)
                ),
            },
            ...(stepsRedone ? redoneCost(redoneTokens, redoneSeconds) : []),
          ]}
        />
        <div>
          <p className={classes.cost}>This starts a paid job.</p>
          <p className={classes.dim}>
            AWS bills it by token: prefill, sample and train. {estimateWords(plan.tokenEstimate, stepsLeft)}
          </p>
        </div>
        <Button
          size="sm"
          fullWidth
          leftSection={<IconPlayerPlay size={16} />}
          onClick={creation.create}
          loading={creation.creating}
          disabled={blocked !== undefined}
          aria-describedby={`${id}-why`}
        >
          {resumeLabel(source)}
        </Button>
        <p id={`${id}-why`} className={classes.dim} role="status">
          {creation.creating ? 'Starting the job. The same plan never starts a second one.' : (blocked ?? 'Ready.')}
        </p>
        {creation.error && !creation.creating ? (
          <ActionError title={failureTitle(creation.error)} error={creation.error} />
        ) : null}
      </div>
    </Panel>
  );
}

const known = (value: number | undefined, reason: string) => value ?? <Missing reason={reason} />;

/** No answer is not a no: whether there is a job now only the next try finds out. */
export const failureTitle = (error: Error) =>
  error instanceof AppError && (error.code === 'aws_unreachable' || error.code === 'catalog_unavailable')
    ? 'It is not known whether the job was started'
    : 'The job was not started';

/** The lost-work meter: what training those steps again comes to, at the parent's own rate. */
function redoneCost(tokens: Tokens | undefined, seconds: number | undefined) {
  const sum =
    tokens && [tokens.train, tokens.prefill, tokens.sample].reduce<number>((all, each) => all + (each ?? 0), 0);
  return [
    {
      key: 'redone-cost',
      label: 'That comes to',
      value:
        sum === undefined && seconds === undefined ? (
          <Missing reason="The rate of the parent is not known" />
        ) : (
          [
            ...(sum === undefined ? [] : [`about ${formatCount(sum)} tokens`]),
            ...(seconds === undefined ? [] : [formatDuration(seconds * 1000)]),
          ].join(', ')
        ),
    },
  ];
}

const redoneWords = (steps: number) => (steps === 0 ? 'nothing' : `${formatPlural(steps, 'step')} of lost work`);

export function whyBlocked(
  plan: PlanResponse,
  state: {
    nameProblem?: string;
    tagsProblem?: string;
    roleProblem?: string;
    settled: boolean;
    query: { isError: boolean };
  },
): string | undefined {
  if (state.nameProblem ?? state.tagsProblem) return 'Mend the name or the tags first.';
  if (state.roleProblem) return 'Mend the execution role first.';
  if (state.query.isError) return 'The last change could not be checked.';
  if (!state.settled) return 'Checking…';
  const failed = plan.checks.filter((check) => check.state === 'fail');
  if (failed.length === 1) return `Not possible: ${failed[0]?.detail}`;
  if (failed.length > 1) return `Not possible: ${failed.length} checks failed.`;
  return plan.canCreate ? undefined : 'Not possible.';
}

function estimateWords(estimate: Tokens | undefined, stepsLeft: number | undefined): string {
  if (!estimate || !stepsLeft) return 'How many it will take is not known.';
  const parts = [
    [estimate.prefill, 'prefill'],
    [estimate.sample, 'sample'],
    [estimate.train, 'train'],
  ] as const;
  const words = parts.flatMap(([count, word]) => (count === undefined ? [] : [`${formatCount(count)} ${word}`]));
  if (words.length === 0) return 'How many it will take is not known.';
  return `At the parent’s own rate ${formatPlural(stepsLeft, 'step')} come to about ${words.join(', ')} tokens.`;
}
