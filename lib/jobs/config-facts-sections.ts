/** The readable view of a config document: every leaf of it, grouped, in the words of a reader. Nothing is left out. */

export type ConfigValueKind = 'text' | 'number' | 'boolean' | 'arn' | 's3';

export interface ConfigRow {
  /** Dotted path into the document, as AWS spells it. */
  path: string;
  label: string;
  kind: ConfigValueKind;
  text: string;
}

export interface ConfigSection {
  id: string;
  title: string;
  note?: string;
  rows: ConfigRow[];
  /** Rows beyond what a page can show; the raw view has them. */
  omitted: number;
}

export interface ConfigView {
  sections: ConfigSection[];
  /** Hyperparameters apart, in the document's order; names of nested ones are dotted. */
  hyperparameters?: ConfigSection;
  /** `ServiceOutput`: nobody sent it, the service adds it. */
  serviceOutput?: ConfigSection;
}

type Document = Record<string, unknown>;

/** Beyond this many rows a section stops being read; a hostile document must not make a page of a million rows. */
const MAX_ROWS = 300;
/** Deeper values are shown as JSON text. The documented schema is four deep. */
const MAX_DEPTH = 8;
const MAX_TEXT = 4000;

const SECTIONS = [
  { key: 'AgentConfig', id: 'agent', title: 'Agent' },
  { key: 'InputDataConfig', id: 'data', title: 'Data' },
  { key: 'OutputDataConfig', id: 'output', title: 'Output' },
  { key: 'TrainingConfig', id: 'training', title: 'Training' },
  { key: 'EvaluationConfig', id: 'evaluation', title: 'Evaluation' },
  { key: 'ModelPackageConfig', id: 'packages', title: 'Checkpoint groups' },
  { key: 'VpcConfig', id: 'network', title: 'Network' },
  { key: 'StoppingCondition', id: 'limits', title: 'Limits' },
];
const SERVICE_OUTPUT = 'ServiceOutput';

/** Keys that only wrap; naming them in a label would say nothing. */
const WRAPPERS = new Set([
  'DataSource',
  'S3DataSource',
  'DatasetSource',
  'BedrockAgentCoreConfig',
  'CustomAgentLambdaConfig',
]);

const LABELS: Record<string, string> = {
  AgentRuntimeArn: 'AgentCore runtime',
  Qualifier: 'Endpoint',
  LambdaArn: 'Lambda function',
  S3Uri: 'S3 location',
  S3DataType: 'S3 data type',
  DatasetArn: 'Dataset',
  S3OutputPath: 'S3 output path',
  KmsKeyArn: 'KMS key',
  MlflowConfig: 'MLflow',
  MlflowDetails: 'MLflow',
  MlflowResourceArn: 'resource',
  MlflowExperimentName: 'experiment',
  MlflowRunName: 'run',
  BaseModelArn: 'Base model',
  AcceptEula: 'Licence accepted',
  OutputModelPackageGroupArn: 'Output group',
  IntermediateCheckpointModelPackageGroupArn: 'Intermediate group',
  InputModelPackageArn: 'Starts from checkpoint',
  MaxRuntimeInSeconds: 'Longest run time (seconds)',
  OutputModelPackageArn: 'Output checkpoint',
  BillableTokenUsage: 'Tokens',
  ProgressInfo: 'Progress',
  RolloutInfo: 'Rollouts',
};

/** Every leaf of a parsed document, grouped; keys nobody has met are shown under their own names at the end. */
export function prepareConfigView(parsed: Document): ConfigView {
  const sections: ConfigSection[] = [];
  let hyperparameters: ConfigSection | undefined;
  for (const about of SECTIONS) {
    const value = parsed[about.key];
    if (value === undefined) continue;
    const parameters = asRecord(asRecord(value)?.HyperParameters);
    if (parameters) hyperparameters = parameterSection(about.key, parameters);
    const rest = parameters ? without(value as Document, 'HyperParameters') : value;
    if (parameters && Object.keys(rest as Document).length === 0) continue;
    sections.push(section(about, leaves(rest, [about.key], [])));
  }
  const known = new Set([SERVICE_OUTPUT, ...SECTIONS.map(({ key }) => key)]);
  const others = Object.entries(parsed).filter(([key]) => !known.has(key));
  if (others.length > 0) {
    const rows = others.flatMap(([key, value]) => leaves(value, [key], [key]));
    sections.push(
      section({ id: 'other', title: 'Other fields', note: 'Fields Cairn has not met, as they came.' }, rows),
    );
  }
  const serviceOutput = parsed[SERVICE_OUTPUT];
  return {
    sections,
    ...(hyperparameters ? { hyperparameters } : {}),
    ...(serviceOutput === undefined ? {} : { serviceOutput: serviceSection(serviceOutput) }),
  };
}

function parameterSection(key: string, parameters: Document): ConfigSection {
  const rows = Object.entries(parameters).flatMap(([name, value]) =>
    leaves(value, [key, 'HyperParameters', name], [name]),
  );
  // Their names are their labels: people search for learning_rate, not for “Learning rate”.
  const named = rows.map((row) => ({ ...row, label: row.path.split('.').slice(2).join('.') }));
  return section({ id: 'hyperparameters', title: 'Hyperparameters' }, named);
}

function serviceSection(value: unknown): ConfigSection {
  const note = 'Nobody sent this part: AWS adds it to the document it returns. A new job must not carry it.';
  return section({ id: 'service-output', title: 'Added by the service', note }, leaves(value, [SERVICE_OUTPUT], []));
}

function section(about: { id: string; title: string; note?: string }, rows: ConfigRow[]): ConfigSection {
  const { id, title, note } = about;
  const omitted = Math.max(0, rows.length - MAX_ROWS);
  return { id, title, ...(note ? { note } : {}), rows: rows.slice(0, MAX_ROWS), omitted };
}

/** One row for each leaf below `value`. `label` grows on the way down, without keys that only wrap. */
function leaves(value: unknown, path: string[], label: string[]): ConfigRow[] {
  const deep = path.length >= MAX_DEPTH;
  if (Array.isArray(value) && !deep && value.some(isContainer)) {
    return value.flatMap((entry: unknown, index) => {
      const at = [...path, String(index)];
      const channel = asRecord(entry)?.ChannelName;
      if (typeof channel !== 'string') return leaves(entry, at, [...label, String(index + 1)]);
      return leaves(without(entry as Document, 'ChannelName'), at, [...label, sentence(channel)]);
    });
  }
  const map = deep ? undefined : asRecord(value);
  const entries = Object.entries(map ?? {});
  if (!map || entries.length === 0) return [leaf(value, path, label)];
  return entries.flatMap(([key, inner]) =>
    leaves(inner, [...path, key], WRAPPERS.has(key) && isContainer(inner) ? label : [...label, labelOf(key)]),
  );
}

function leaf(value: unknown, path: string[], label: string[]): ConfigRow {
  const { kind, text } = toText(value);
  const cutText = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return { path: path.join('.'), label: label.join(' · ') || labelOf(path.at(-1) ?? ''), kind, text: cutText };
}

function toText(value: unknown): { kind: ConfigValueKind; text: string } {
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (typeof value === 'boolean') return { kind: 'boolean', text: value ? 'yes' : 'no' };
  if (typeof value !== 'string') return { kind: 'text', text: listText(value) };
  if (value.startsWith('arn:')) return { kind: 'arn', text: value };
  if (value.startsWith('s3://')) return { kind: 's3', text: value };
  return { kind: 'text', text: value === '' ? '""' : value };
}

/** A list of plain values reads better without brackets; whatever else is JSON. */
function listText(value: unknown): string {
  const isPlainList =
    Array.isArray(value) && value.length > 0 && value.every((entry) => entry !== null && !isContainer(entry));
  if (isPlainList) return value.join(', ');
  try {
    return JSON.stringify(value);
  } catch {
    return 'nested too deep to be shown here';
  }
}

const labelOf = (key: string) => (Object.hasOwn(LABELS, key) ? (LABELS[key] ?? key) : key);
const sentence = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const isContainer = (value: unknown) => typeof value === 'object' && value !== null;

function without(map: Document, key: string): Document {
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
}

function asRecord(value: unknown): Document | undefined {
  return isContainer(value) && !Array.isArray(value) ? (value as Document) : undefined;
}
