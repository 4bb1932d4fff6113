import type { FormField, PlanChanges } from '../contract/actions';
import { problemOfValue } from './form-text';
import { problemOfSetting, type SettingKind } from './setting-problem';

/** A field that holds something no job can be started with. */
export interface FieldToMend {
  /** Which: `parameter learning_rate`, `data train`, `agent`. */
  key: string;
  label: string;
  problem: string;
}

/** The settings beside data and hyperparameters: their labels, and what text they take. */
export const SETTINGS = {
  agent: { label: 'Agent', kind: 'agent' },
  agentQualifier: { label: 'Endpoint of the agent', kind: 'agentQualifier' },
  outputGroup: { label: 'Output group', kind: 'group' },
  intermediateGroup: { label: 'Intermediate group', kind: 'group' },
  outputPath: { label: 'Output', kind: 'outputPath' },
  roleArn: { label: 'Execution role', kind: 'roleArn' },
} as const satisfies Partial<Record<keyof PlanChanges, { label: string; kind: SettingKind }>>;
export type SettingKey = keyof typeof SETTINGS;

export const parameterKey = (name: string) => `parameter ${name}`;
export const dataKey = (channel: string) => `data ${channel}`;

const EMPTY = 'It cannot be empty.';

/**
 * Which of the changed fields hold something that is not valid; `emptied`: keys of those that hold nothing and must hold
 * something. In the order of the page.
 */
export function fieldsToMend(
  form: readonly FormField[],
  changes: PlanChanges,
  emptied: readonly string[],
): FieldToMend[] {
  const found: FieldToMend[] = [];
  const look = (key: string, label: string, problem: string | undefined) => {
    const said = emptied.includes(key) ? EMPTY : problem;
    if (said !== undefined) found.push({ key, label, problem: said });
  };
  const channels = new Set([
    ...Object.keys(changes.data ?? {}),
    ...emptied.flatMap((key) => (key.startsWith(dataKey('')) ? [key.slice(dataKey('').length)] : [])),
  ]);
  for (const channel of channels) {
    const source = changes.data?.[channel];
    look(dataKey(channel), `Data: ${channel}`, source ? problemOfSetting('data', source) : undefined);
  }
  for (const [key, { label, kind }] of Object.entries(SETTINGS) as [SettingKey, (typeof SETTINGS)[SettingKey]][]) {
    const text = changes[key];
    look(key, label, text === undefined ? undefined : problemOfSetting(kind, text));
  }
  for (const field of form) {
    look(parameterKey(field.name), field.title, problemOfValue(field, changes.hyperparameters?.[field.name]));
  }
  return found;
}
