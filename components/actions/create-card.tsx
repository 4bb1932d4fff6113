'use client';

import { KeyValueList } from '@/components/ui/key-value-list';
import { Missing } from '@/components/ui/missing';
import type { ResumePlan } from '@/lib/contract/actions';
import type { Tokens } from '@/lib/contract/jobs';
import { formatCount, formatPlural } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
import { resumeLabel } from './resume-label';
import { StartCard } from './start-card';
import { StepTrack } from './step-track';
import type { useCreateJob } from './use-create-job';
import type { ResumePlanState } from './use-resume-plan';
import { whyBlocked } from './why-blocked';

interface CreateCardProps {
  plan: ResumePlan;
  state: ResumePlanState;
  creation: ReturnType<typeof useCreateJob>;
}

/** What the new job will do and cost, and the one button that starts it. */
export function CreateCard({ plan, state, creation }: CreateCardProps) {
  const { source, firstStep, stepsLeft, stepsRedone, redoneTokens, redoneSeconds } = plan;
  const totalSteps = source.step !== undefined && stepsLeft !== undefined ? source.step + stepsLeft : undefined;
  const blocked = whyBlocked(plan, state);
  return (
    <StartCard
      label={resumeLabel(source)}
      cost={`AWS bills it by token: prefill, sample and train. ${estimateWords(plan.tokenEstimate, stepsLeft)}`}
      blocked={blocked}
      mend={state.mend}
      creation={creation}
    >
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
    </StartCard>
  );
}

const known = (value: number | undefined, reason: string) => value ?? <Missing reason={reason} />;

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
