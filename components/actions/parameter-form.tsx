'use client';

import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '@/components/ui/panel';
import { parameterKey } from '@/lib/actions/fields-to-mend';
import { fieldHelp, parseFieldText, problemOfValue, showFieldValue } from '@/lib/actions/form-text';
import type { EditPlan, FormField } from '@/lib/contract/actions';
import { formatPlural } from '@/lib/shared/format';
import classes from './edit-form.module.css';
import { fieldId } from './plan-input';
import type { EditPlanState, ParameterChange } from './use-edit-plan';

interface ParameterFormProps {
  state: EditPlanState;
  plan: EditPlan;
  disabled: boolean;
}

/** Every hyperparameter the job takes, in its group, with default, range and help; empty means the default. */
export function ParameterForm({ state, plan, disabled }: ParameterFormProps) {
  const groups = [...new Set(plan.form.map(({ group }) => group))];
  const changed = Object.keys(state.changes.hyperparameters ?? {}).length;
  return (
    <Panel
      title="Hyperparameters"
      note={changed > 0 ? `${formatPlural(changed, 'value')} changed` : 'as the parent has them'}
    >
      {groups.map((group) => (
        <fieldset key={group} className={classes.group} disabled={disabled}>
          <legend className={classes.legend}>{group}</legend>
          <div className={classes.pair}>
            {plan.form
              .filter((field) => field.group === group)
              .map((field) => (
                <ParameterField
                  key={field.name}
                  field={field}
                  change={state.changes.hyperparameters?.[field.name]}
                  onChange={(value) => state.setParameter(field.name, value)}
                />
              ))}
          </div>
        </fieldset>
      ))}
    </Panel>
  );
}

interface ParameterFieldProps {
  field: FormField;
  change: ParameterChange;
  onChange: (value: ParameterChange) => void;
}

function ParameterField({ field, change, onChange }: ParameterFieldProps) {
  const preset = field.default ? showFieldValue(field.default.value) : '';
  const parent = field.parentValue === undefined ? '' : showFieldValue(field.parentValue);
  const shown = change === undefined ? parent : change === null ? '' : showFieldValue(change);
  const [typed, setTyped] = useState<string>();
  const problem = problemOfValue(field, change);
  const common = {
    id: fieldId(parameterKey(field.name)),
    label: field.title,
    description: fieldHelp(field),
    error: problem,
    placeholder: preset === '' ? 'not set' : `${preset} (default)`,
    classNames: { input: `${classes.mono}${change === undefined ? '' : ` ${classes.changed}`}` },
  };
  /**
   * What the parent has is no change; empty means the default, which is no change where the parent writes nothing. What is
   * not valid is kept as it was typed, so that the form never stands for another value than the one on screen.
   */
  const take = (text: string) => {
    if (text === parent) return onChange(undefined);
    if (text === '') return onChange(null);
    const result = parseFieldText(field, text);
    onChange(result.ok ? result.value : text);
  };
  if (field.choices) {
    return (
      <Select
        {...common}
        data={[...new Set([...field.choices.map(String), ...(shown === '' ? [] : [shown])])]}
        value={shown === '' ? null : shown}
        onChange={(value) => take(value ?? '')}
        clearable
        clearButtonProps={{ 'aria-label': `Use the default of ${field.title}` }}
      />
    );
  }
  return (
    <TextInput
      {...common}
      value={typed ?? shown}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        take(event.currentTarget.value.trim());
      }}
      onBlur={() => setTyped(undefined)}
      maxLength={2048}
      inputMode={field.type === 'integer' || field.type === 'float' ? 'decimal' : undefined}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
