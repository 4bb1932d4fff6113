'use client';

import { KeyValueList } from '@/components/ui/key-value-list';
import { Missing } from '@/components/ui/missing';
import { editChangeCount } from '@/lib/actions/edit-facts';
import { asNumber } from '@/lib/actions/form-text';
import type { EditPlan } from '@/lib/contract/actions';
import { formatPlural } from '@/lib/shared/format';
import { StartCard } from './start-card';
import type { useCreateJob } from './use-create-job';
import type { EditPlanState } from './use-edit-plan';
import { whyBlocked } from './why-blocked';

interface EditCreateCardProps {
  plan: EditPlan;
  state: EditPlanState;
  creation: ReturnType<typeof useCreateJob>;
}

/** What the new job will do, and the one button that starts it. */
export function EditCreateCard({ plan, state, creation }: EditCreateCardProps) {
  const blocked = whyBlocked(plan, state);
  const training = plan.action === 'iterate';
  const effective = (name: string) => {
    const field = plan.form.find((each) => each.name === name);
    // A value that is no number is not the default.
    return asNumber(field?.value ?? field?.default?.value);
  };
  const rollouts = product(effective('global_batch_size'), effective('group_size'));
  return (
    <StartCard
      label={training ? 'Start the iteration' : 'Start the evaluation'}
      cost="AWS bills it by token. How many it will take is not known before it runs."
      blocked={blocked}
      mend={state.mend}
      creation={creation}
    >
      <KeyValueList
        items={[
          {
            key: 'model',
            label: 'Base model',
            value: plan.baseModel ?? <Missing reason="The document names none" />,
          },
          ...(training
            ? [
                { key: 'first', label: 'First step', value: '1, the counter starts anew' },
                {
                  key: 'steps',
                  label: 'Steps',
                  value: effective('max_steps') ?? <Missing reason="No max_steps is known" />,
                },
                { key: 'rollouts', label: 'Rollouts a step', value: rollouts ?? <Missing reason="Not known" /> },
                { key: 'changes', label: 'Changed', value: formatPlural(editChangeCount(plan.diff), 'value') },
              ]
            : []),
        ]}
      />
    </StartCard>
  );
}

const product = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a * b;
