'use client';

import { Button, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Mono } from '@/components/ui/mono';
import { Panel } from '@/components/ui/panel';
import type { EditPlan, PlanChanges } from '@/lib/contract/actions';
import classes from './edit-form.module.css';
import type { EditPlanState } from './use-edit-plan';

interface SettingsFormProps {
  state: EditPlanState;
  plan: EditPlan;
  disabled: boolean;
}

type TextKey = Exclude<keyof PlanChanges, 'hyperparameters' | 'data'>;

/** Data, agent and where things go; and the base model, which is the one thing that is locked. */
export function SettingsForm({ state, plan, disabled }: SettingsFormProps) {
  const { settings, parentSettings } = plan;
  const training = plan.action === 'iterate';
  const channels = channelsOf(plan, state.changes.data);
  const text = (key: TextKey, label: string, description: string) => (
    <SettingField
      label={label}
      description={description}
      value={state.changes[key] ?? settings[key] ?? ''}
      changed={state.changes[key] !== undefined}
      onChange={(value) => state.change({ [key]: value === '' || value === parentSettings?.[key] ? undefined : value })}
    />
  );
  return (
    <Panel title="Data, agent and output">
      <fieldset className={classes.group} disabled={disabled}>
        <div className={classes.fields}>
          {plan.locked.map((field) => (
            <div key={field.path}>
              <KeyValueList
                items={[
                  {
                    key: field.path,
                    label: (
                      <>
                        <IconLock size={12} aria-hidden="true" /> {field.label}, locked
                      </>
                    ),
                    value: <Mono>{field.value}</Mono>,
                  },
                ]}
              />
              <p className={classes.note}>{field.reason}</p>
            </div>
          ))}
          {channels.map(({ channel, source }) => (
            <SettingField
              key={channel}
              label={`Data: ${channel}`}
              description="An S3 address or the ARN of a data set."
              value={state.changes.data?.[channel] ?? source}
              changed={state.changes.data?.[channel] !== undefined}
              onChange={(value) => state.setData(channel, value === '' || value === source ? undefined : value)}
            />
          ))}
          {training && !channels.some(({ channel }) => channel === 'validation') ? (
            <div>
              <Button variant="default" onClick={() => state.setData('validation', 's3://')}>
                Add validation data
              </Button>
            </div>
          ) : null}
          {text(
            'agent',
            'Agent',
            'ARN of an AgentCore runtime or a Lambda function. The reward is what the agent gives.',
          )}
          {settings.agentQualifier !== undefined || settings.agent?.includes(':bedrock-agentcore:')
            ? text('agentQualifier', 'Endpoint of the agent', 'Which deployed version plays.')
            : null}
          {training ? text('outputGroup', 'Output group', 'Name or ARN; keeps model checkpoints.') : null}
          {training
            ? text(
                'intermediateGroup',
                'Intermediate group',
                'Name or ARN; keeps resumable checkpoints, so another group.',
              )
            : null}
          {text('outputPath', 'Output', 'S3 address that the job writes to.')}
          {text('roleArn', 'Execution role', 'ARN of the role the job runs under.')}
        </div>
      </fieldset>
    </Panel>
  );
}

/** Channels of the parent stay in place while one of them is being changed; what was added comes last. */
function channelsOf(plan: EditPlan, changes: PlanChanges['data']) {
  const before = plan.action === 'iterate' ? (plan.parentSettings?.data ?? []) : plan.settings.data;
  const added = Object.keys(changes ?? {}).filter((name) => !before.some(({ channel }) => channel === name));
  return [...before, ...added.map((channel) => ({ channel, source: '' }))];
}

interface SettingFieldProps {
  label: string;
  description: string;
  value: string;
  changed: boolean;
  onChange: (value: string) => void;
}

/** Keeps what is being typed: an emptied field means "as the parent has it" only once it is left. */
function SettingField({ label, description, value, changed, onChange }: SettingFieldProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      label={label}
      description={description}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(event.currentTarget.value.trim());
      }}
      onBlur={() => setTyped(undefined)}
      classNames={{ input: `${classes.mono}${changed ? ` ${classes.changed}` : ''}` }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
