'use client';

import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useId } from 'react';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Missing } from '@/components/ui/missing';
import { Panel } from '@/components/ui/panel';
import { editChangeCount } from '@/lib/actions/edit-facts';
import { asNumber } from '@/lib/actions/form-text';
import type { EditPlan } from '@/lib/contract/actions';
import { formatPlural } from '@/lib/shared/format';
import { ActionError } from './action-error';
import classes from './actions.module.css';
import { failureTitle, whyBlocked } from './create-card';
import type { useCreateJob } from './use-create-job';
import type { EditPlanState } from './use-edit-plan';

interface EditCreateCardProps {
  plan: EditPlan;
  state: EditPlanState;
  creation: ReturnType<typeof useCreateJob>;
}

/** What the new job will do, and the one button that starts it. */
export function EditCreateCard({ plan, state, creation }: EditCreateCardProps) {
  const id = useId();
  const blocked = whyBlocked(plan, state);
  const training = plan.action === 'iterate';
  const effective = (name: string) => {
    const field = plan.form.find((each) => each.name === name);
    return asNumber(field?.value) ?? asNumber(field?.default?.value);
  };
  const rollouts = product(effective('global_batch_size'), effective('group_size'));
  return (
    <Panel title="The new job">
      <div className={classes.stack}>
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
        <div>
          <p className={classes.cost}>This starts a paid job.</p>
          <p className={classes.dim}>AWS bills it by token. How many it will take is not known before it runs.</p>
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
          {training ? 'Start the iteration' : 'Start the evaluation'}
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

const product = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a * b;
