import type { ComparedJob } from '../contract/metrics';

type Job = Pick<ComparedJob, 'jobName' | 'config'>;

export interface DiffCell {
  /** Undefined: the document does not have it and no default is known. */
  value?: string;
  isDefault: boolean;
}

export interface DiffRow {
  path: string;
  /** In the order of the jobs. */
  cells: DiffCell[];
  differs: boolean;
  /** A name or an ARN: differs in every job and says nothing. */
  noise: boolean;
}

/** Names of outputs, runs and packages, which no two jobs share. Datasets, agents and rewards are what is compared: they stay. */
const NOISE = [
  /^ModelPackageConfig\./,
  /^OutputDataConfig\./,
  /MlflowConfig\./i,
  /(^|\.)(RunName|ExperimentName|MlflowResourceArn|KmsKeyArn|KmsKeyId|VpcConfig)(\.|$)/i,
];

/** Every path of the documents with the value each job has, those that differ first; then by path. */
export function compareConfigs(jobs: readonly Job[]): DiffRow[] {
  const columns = jobs.map(({ config }) => new Map(config.map((entry) => [entry.path, entry])));
  const paths = [...new Set(jobs.flatMap(({ config }) => config.map(({ path }) => path)))];
  return paths
    .map((path): DiffRow => {
      const cells = columns.map((column): DiffCell => {
        const entry = column.get(path);
        return entry ? { value: entry.value, isDefault: entry.isDefault } : { isDefault: false };
      });
      return {
        path,
        cells,
        differs: new Set(cells.map(({ value }) => value)).size > 1,
        noise: NOISE.some((pattern) => pattern.test(path)),
      };
    })
    .sort((a, b) => Number(b.differs) - Number(a.differs) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** What makes two rewards incomparable when it differs. Paths: the config document of AWS docs. */
const GUARDS = [
  { what: 'dataset', test: /^InputDataConfig\b.*(S3Uri|DatasetArn)$/ },
  { what: 'reward function', test: /reward|evaluator/i },
  { what: 'agent', test: /^AgentConfig\./ },
  { what: 'base model', test: /(^|\.)(model_name_or_path|BaseModelArn|BaseModelName|BaseModel)$|^BaseModel/i },
] as const;

/** What differs between the jobs that makes their rewards hard to compare: `dataset`, `agent`, … Empty: nothing found. */
export function findIncomparable(rows: readonly DiffRow[]): { what: string; paths: string[] }[] {
  return GUARDS.flatMap(({ what, test }) => {
    const paths = rows.filter((row) => row.differs && test.test(row.path)).map(({ path }) => path);
    return paths.length > 0 ? [{ what, paths }] : [];
  });
}
