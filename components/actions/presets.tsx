'use client';

import { Button } from '@mantine/core';
import { Panel } from '@/components/ui/panel';
import { asNumber } from '@/lib/actions/form-text';
import type { EditPlan } from '@/lib/contract/actions';
import classes from './edit-form.module.css';
import type { EditPlanState } from './use-edit-plan';

interface PresetsProps {
  state: EditPlanState;
  plan: EditPlan;
  disabled: boolean;
}

/** The usual next steps: each fills the form or leads to the field that matters; nothing is started. */
export function Presets({ state, plan, disabled }: PresetsProps) {
  const current = (name: string) => {
    const field = plan.form.find((each) => each.name === name);
    return asNumber(field?.value) ?? asNumber(field?.default?.value);
  };
  const learningRate = current('learning_rate');
  const batch = current('global_batch_size');
  const batches = plan.form.find(({ name }) => name === 'global_batch_size')?.choices?.map(Number) ?? [];
  const larger = batches.filter((size) => batch !== undefined && size > batch).sort((a, b) => a - b)[0];
  return (
    <Panel title="Start with" note="fills the form, starts nothing">
      <div className={classes.buttons}>
        <Button variant="default" disabled={disabled} onClick={() => focusField('Data: train')}>
          Another data set
        </Button>
        <Button variant="default" disabled={disabled} onClick={() => focusField('Agent')}>
          A refined reward
        </Button>
        {learningRate === undefined ? null : (
          <Button
            variant="default"
            disabled={disabled}
            onClick={() => state.setParameter('learning_rate', Number((learningRate / 2).toPrecision(3)))}
          >
            Half the learning rate
          </Button>
        )}
        {larger === undefined ? null : (
          <Button variant="default" disabled={disabled} onClick={() => state.setParameter('global_batch_size', larger)}>
            Batch of {larger}
          </Button>
        )}
        <Button variant="subtle" disabled={disabled} onClick={state.reset}>
          As the parent
        </Button>
      </div>
    </Panel>
  );
}

/** The field with this label, scrolled to and selected. */
function focusField(label: string): void {
  const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label);
  const input = found?.htmlFor ? document.getElementById(found.htmlFor) : undefined;
  if (input instanceof HTMLInputElement) {
    input.focus();
    input.select();
  }
}
