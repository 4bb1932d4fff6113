'use client';

import { Anchor, Button, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Mono } from '@/components/ui/mono';
import { Panel } from '@/components/ui/panel';
import { dataKey, SETTINGS, type SettingKey } from '@/lib/actions/fields-to-mend';
import type { EditPlan } from '@/lib/contract/actions';
import classes from './edit-form.module.css';
import { fieldId } from './plan-input';
import type { EditPlanState } from './use-edit-plan';

interface SettingsFormProps {
  state: EditPlanState;
  plan: EditPlan;
  disabled: boolean;
}

/** Data, agent and where things go; and the base model, which is the one thing that is locked. */
export function SettingsForm({ state, plan, disabled }: SettingsFormProps) {
  const { settings, parentSettings } = plan;
  const training = plan.action === 'iterate';
  const channels = channelsOf(plan, state);
  const problemOf = (key: string) => state.mend.find((each) => each.key === key)?.problem;
  const text = (key: SettingKey, description: string) => (
    <SettingField
      id={fieldId(key)}
      label={SETTINGS[key].label}
      description={description}
      value={state.emptied.includes(key) ? '' : (state.changes[key] ?? settings[key] ?? '')}
      changed={state.changes[key] !== undefined}
      problem={problemOf(key)}
      fallback={parentSettings?.[key] === undefined ? undefined : 'Use the parent’s'}
      onFallback={() => {
        state.setEmptied(key, false);
        state.change({ [key]: undefined });
      }}
      onChange={(value) => {
        state.setEmptied(key, value === '' && key !== 'agentQualifier');
        state.change({ [key]: value === '' || value === parentSettings?.[key] ? undefined : value });
      }}
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
          {channels.map(({ channel, source, added }) => (
            <SettingField
              key={channel}
              id={fieldId(dataKey(channel))}
              label={`Data: ${channel}`}
              description="An S3 address or the ARN of a data set."
              value={state.emptied.includes(dataKey(channel)) ? '' : (state.changes.data?.[channel] ?? source)}
              changed={state.changes.data?.[channel] !== undefined}
              problem={problemOf(dataKey(channel))}
              fallback={added ? 'Leave it out' : 'Use the parent’s'}
              onFallback={() => state.removeData(channel)}
              onChange={(value) => {
                state.setEmptied(dataKey(channel), value === '');
                // The source of an evaluation is the changed one itself: only a parent's can be the same as no change.
                const same = training && value === source;
                state.setData(channel, value === '' || same ? undefined : value);
              }}
            />
          ))}
          {training && !channels.some(({ channel }) => channel === 'validation') ? (
            <div>
              <Button variant="default" onClick={() => state.setData('validation', 's3://')}>
                Add validation data
              </Button>
            </div>
          ) : null}
          {text('agent', 'ARN of an AgentCore runtime or a Lambda function. The reward is what the agent gives.')}
          {settings.agentQualifier !== undefined || settings.agent?.includes(':bedrock-agentcore:')
            ? text('agentQualifier', 'Which deployed version plays.')
            : null}
          {training ? text('outputGroup', 'Name or ARN; keeps model checkpoints.') : null}
          {training ? text('intermediateGroup', 'Name or ARN; keeps resumable checkpoints, so another group.') : null}
          {text('outputPath', 'S3 address that the job writes to.')}
          {text('roleArn', 'ARN of the role the job runs under.')}
        </div>
      </fieldset>
    </Panel>
  );
}

/** Channels of the parent stay in place while one of them is being changed; what was added comes last. */
function channelsOf(plan: EditPlan, { changes, emptied }: EditPlanState) {
  const before = plan.action === 'iterate' ? (plan.parentSettings?.data ?? []) : plan.settings.data;
  const prefix = dataKey('');
  const named = new Set([
    ...Object.keys(changes.data ?? {}),
    ...emptied.flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
  ]);
  const added = [...named].filter((name) => !before.some(({ channel }) => channel === name));
  return [
    ...before.map((each) => ({ ...each, added: false })),
    ...added.map((channel) => ({ channel, source: '', added: true })),
  ];
}

interface SettingFieldProps {
  id: string;
  label: string;
  description: string;
  value: string;
  changed: boolean;
  problem: string | undefined;
  /** The way out of a problem, in words, where there is one. */
  fallback: string | undefined;
  onFallback: () => void;
  onChange: (value: string) => void;
}

/** Keeps what is being typed; spaces around it count no more once the field is left. */
function SettingField(props: SettingFieldProps) {
  const { id, label, description, value, changed, problem, fallback, onFallback, onChange } = props;
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      id={id}
      label={label}
      description={description}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(event.currentTarget.value.trim());
      }}
      onBlur={() => setTyped(undefined)}
      maxLength={2048}
      error={
        problem && fallback ? (
          <>
            {problem}{' '}
            <Anchor
              component="button"
              type="button"
              inherit
              onClick={() => {
                setTyped(undefined);
                onFallback();
              }}
            >
              {fallback}
            </Anchor>
          </>
        ) : (
          problem
        )
      }
      classNames={{ input: `${classes.mono}${changed ? ` ${classes.changed}` : ''}` }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
