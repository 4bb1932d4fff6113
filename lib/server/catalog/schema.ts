import 'server-only';
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  smallint,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { ActionName } from '@/lib/contract/action-log';
import type { JobDetail } from '@/lib/contract/jobs';
import type { MetricSource } from '@/lib/contract/metrics';
import type { JobCategory } from '@/lib/contract/names';
import { ITEM_STATES, type PruneRules, type RunState } from '@/lib/contract/prune';
import type { RewardSummary } from '@/lib/contract/reward-summary';
import type { RawProgress } from '@/lib/jobs/progress';
import type { NamedPackage } from '@/lib/jobs/to-named-packages';

/**
 * The tables as the code sees them; `migrations.ts` makes them, and a test holds the two together. Plain PostgreSQL.
 * 200,000 packages must stay small: no ARNs (they are made from group and version), numbers for kinds and evidence.
 */

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Numbers stored for words, in the order they were given; append only. */
export const KIND_CODES = ['unknown', 'resumable', 'model'] as const;
export const EVIDENCE_CODES = ['none', 'time', 'path', 'package', 'job'] as const;
export const STEP_EVIDENCE_CODES = ['none', 'counted', 'path', 'package'] as const;

/** A word of a fixed list as a small number. */
const coded = <const T extends readonly string[]>(name: string, words: T) =>
  customType<{ data: T[number]; driverData: number }>({
    dataType: () => 'smallint',
    toDriver: (word) => words.indexOf(word),
    fromDriver: (code) => words[code] ?? (words[0] as T[number]),
  })(name);

/** One account in one region: everything else hangs on it, so that accounts never mix. */
export const scopes = pgTable(
  'scopes',
  {
    id: serial('id').primaryKey(),
    account: text('account').notNull(),
    partition: text('partition').notNull(),
    region: text('region').notNull(),
    /** The scope shown while nobody can say whose credentials these are: the one seen last. */
    seenAt: at('seen_at').notNull(),
  },
  (table) => [unique().on(table.account, table.partition, table.region)],
);

export const jobs = pgTable(
  'jobs',
  {
    id: serial('id').primaryKey(),
    scopeId: integer('scope_id').notNull(),
    category: text('category').$type<JobCategory>().notNull(),
    name: text('name').notNull(),
    arn: text('arn').notNull(),
    status: text('status').notNull(),
    secondaryStatus: text('secondary_status').notNull(),
    createdAt: at('created_at').notNull(),
    modifiedAt: at('modified_at').notNull(),
    endedAt: at('ended_at'),
    /** When AWS last said what stands here. Our clock. */
    asOf: at('as_of').notNull(),
    /** When the last DescribeJob was, and which LastModifiedTime it told of. Our clock, AWS's clock. */
    describedAt: at('described_at'),
    describedModifiedAt: at('described_modified_at'),
    roleArn: text('role_arn'),
    schemaVersion: text('schema_version'),
    failureReason: text('failure_reason'),
    tags: jsonb('tags').$type<{ key: string; value: string }[]>(),
    baseModel: text('base_model'),
    dataset: text('dataset'),
    outputGroup: text('output_group'),
    intermediateGroup: text('intermediate_group'),
    outputPath: text('output_path'),
    outputPackageArn: text('output_package_arn'),
    inputPackageArn: text('input_package_arn'),
    /** Of the input package, when it is of this account and region. */
    inputGroup: text('input_group'),
    inputVersion: integer('input_version'),
    mlflow: jsonb('mlflow').$type<NonNullable<JobDetail['mlflow']>>(),
    /** Packages that ServiceOutput names. */
    named: jsonb('named').$type<NamedPackage[]>(),
    progress: jsonb('progress').$type<RawProgress>(),
    tokensTrain: bigint('tokens_train', { mode: 'number' }),
    tokensPrefill: bigint('tokens_prefill', { mode: 'number' }),
    tokensSample: bigint('tokens_sample', { mode: 'number' }),
    saveEvery: integer('save_every'),
    /** Counters over `packages`, kept by whoever attributes. */
    resumableCount: integer('resumable_count').notNull().default(0),
    modelCount: integer('model_count').notNull().default(0),
    lastResumableStep: integer('last_resumable_step'),
    /** The job is final and its groups were read past its end: nothing more will come. */
    packagesComplete: boolean('packages_complete').notNull().default(false),
    deletedAt: at('deleted_at'),
    /** What a list shows of reward; made whenever a series it is made of is written. */
    reward: jsonb('reward').$type<RewardSummary>(),
    /** Of everything DescribeJob last said: an answer that says nothing new is not written. */
    contentHash: text('content_hash'),
    /** Lower-case text that a search looks through: name, base model, dataset, tags, failure reason. */
    search: text('search').notNull().default(''),
  },
  (table) => [unique().on(table.scopeId, table.category, table.name)],
);

export const transitions = pgTable(
  'transitions',
  {
    jobId: integer('job_id').notNull(),
    /** Order in SecondaryStatusTransitions, from 0. */
    position: smallint('position').notNull(),
    status: text('status').notNull(),
    startedAt: at('started_at').notNull(),
    endedAt: at('ended_at'),
    message: text('message'),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.position] })],
);

/** JobConfigDocument exactly as it came: up to 262,144 characters, so apart from the jobs that lists read. */
export const configDocuments = pgTable('config_documents', {
  jobId: integer('job_id').primaryKey(),
  raw: text('raw').notNull(),
});

export const packageGroups = pgTable(
  'package_groups',
  {
    id: serial('id').primaryKey(),
    scopeId: integer('scope_id').notNull(),
    name: text('name').notNull(),
    /** The first read goes from the newest package to the oldest: those from `filledFrom` to `listedUntil` are known. */
    filledFrom: at('filled_from'),
    /** Packages created up to here are listed. AWS's clock; absent before the first page. */
    listedUntil: at('listed_until'),
    /** When the last read that reached the newest package began. AWS's clock. */
    readAt: at('read_at'),
    /** The group was read from end to end once. */
    complete: boolean('complete').notNull().default(false),
    /** When it was last listed. Our clock. */
    asOf: at('as_of'),
  },
  (table) => [unique().on(table.scopeId, table.name)],
);

export const packages = pgTable(
  'packages',
  {
    groupId: integer('group_id').notNull(),
    version: integer('version').notNull(),
    createdAt: at('created_at').notNull(),
    status: text('status').notNull(),
    approval: text('approval'),
    registration: text('registration'),
    kind: coded('kind', KIND_CODES).notNull(),
    /** BatchDescribeModelPackage told its kind and place. */
    described: boolean('described').notNull().default(false),
    /** DescribeModelPackage and ListTags told what only they tell; asked only where the path says nothing. */
    inspected: boolean('inspected').notNull().default(false),
    s3Uri: text('s3_uri'),
    baseModel: text('base_model'),
    /** What names the job in GeneratedBy, customer metadata or tags: `{carrier: text}`. */
    carriers: jsonb('carriers').$type<Record<string, string>>(),
    jobId: integer('job_id'),
    step: integer('step'),
    evidence: coded('evidence', EVIDENCE_CODES).notNull(),
    /** One sentence for the reader; absent where the kind of evidence says it all. */
    evidenceDetail: text('evidence_detail'),
    stepEvidence: coded('step_evidence', STEP_EVIDENCE_CODES).notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.version] })],
);

/** What MLflow knows of a job's run, and how far it was read. One row for each job that was ever looked for there. */
export const metricRuns = pgTable('metric_runs', {
  jobId: integer('job_id').primaryKey(),
  state: text('state').$type<MetricSource['state']>().notNull(),
  message: text('message'),
  hint: text('hint'),
  resourceArn: text('resource_arn'),
  experimentId: text('experiment_id'),
  runId: text('run_id'),
  foundBy: text('found_by').$type<MetricSource['foundBy']>(),
  /** When MLflow last answered for this run, and when it was last asked. Our clock. */
  readAt: at('read_at'),
  triedAt: at('tried_at').notNull(),
  /** MLflow says that the run has ended. */
  runEnded: boolean('run_ended').notNull().default(false),
  /** The run was looked at after job and run were final: `latest` does not change any more. */
  settled: boolean('settled').notNull().default(false),
  /** Settled, and every series the background keeps is whole: nobody asks MLflow again. */
  complete: boolean('complete').notNull().default(false),
  /** The point of the highest step of every metric: `{key: [step, value, timeMs]}`. */
  latest: jsonb('latest').$type<Record<string, [number, number | null, number]>>(),
});

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** One metric of one job with every point: columns of doubles behind each other (`metric-points.ts`). */
export const metricSeries = pgTable(
  'metric_series',
  {
    jobId: integer('job_id').notNull(),
    key: text('key').notNull(),
    count: integer('count').notNull(),
    /** Points in MLflow before repeated steps were reduced. */
    total: integer('total').notNull(),
    /** Read from end to end after the run had settled. */
    whole: boolean('whole').notNull().default(false),
    /** MLflow counts steps in 64 bits; beyond 2^53 they are not read. */
    lastStep: bigint('last_step', { mode: 'number' }),
    lastTimeMs: doublePrecision('last_time_ms'),
    points: bytes('points').notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.key] })],
);

/** Whatever the sync must know after a restart: positions, errors. One row a key. */
export const syncState = pgTable(
  'sync_state',
  {
    scopeId: integer('scope_id').notNull(),
    key: text('key').notNull(),
    value: jsonb('value').$type<unknown>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.key] })],
);

/** The ledger of everything Cairn changed, or tried to: a job, or a package by its group and version. */
export const actions = pgTable(
  'actions',
  {
    id: serial('id').primaryKey(),
    scopeId: integer('scope_id').notNull(),
    action: text('action').$type<ActionName>().notNull(),
    planToken: text('plan_token'),
    requestHash: text('request_hash'),
    category: text('category').$type<JobCategory>(),
    name: text('name'),
    groupName: text('group_name'),
    version: integer('version'),
    /** ARN of the credentials it was done with. */
    who: text('who'),
    /** What was asked for, beside what it was done to. */
    detail: jsonb('detail').$type<Record<string, unknown>>(),
    state: text('state').$type<'started' | 'done' | 'failed'>().notNull(),
    answer: jsonb('answer').$type<unknown>(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (table) => [unique().on(table.scopeId, table.planToken)],
);

/** Packages somebody wants kept. */
export const packagePins = pgTable(
  'package_pins',
  {
    scopeId: integer('scope_id').notNull(),
    groupName: text('group_name').notNull(),
    version: integer('version').notNull(),
    who: text('who').notNull(),
    pinnedAt: at('pinned_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.groupName, table.version] })],
);

/** What people wrote about a package; kept by group and version, so it outlives the package. */
export const packageNotes = pgTable('package_notes', {
  id: serial('id').primaryKey(),
  scopeId: integer('scope_id').notNull(),
  groupName: text('group_name').notNull(),
  version: integer('version').notNull(),
  note: text('note').notNull(),
  who: text('who').notNull(),
  writtenAt: at('written_at').notNull(),
});

/** Management events of CloudTrail, kept for good: AWS forgets them after 90 days. */
export const trailEvents = pgTable(
  'trail_events',
  {
    scopeId: integer('scope_id').notNull(),
    eventId: text('event_id').notNull(),
    name: text('name').notNull(),
    at: at('at').notNull(),
    /** Of events that name a job. */
    jobCategory: text('job_category'),
    jobName: text('job_name'),
    event: jsonb('event').$type<unknown>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.eventId] })],
);

/** Answers that were worked out once for a job that will not change: its story, its diagnosis. */
export const jobReports = pgTable(
  'job_reports',
  {
    scopeId: integer('scope_id').notNull(),
    category: text('category').$type<JobCategory>().notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<'story' | 'diagnosis' | 'trouble' | 'lake-calls'>().notNull(),
    report: jsonb('report').$type<unknown>().notNull(),
    /** Our clock. */
    madeAt: at('made_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.category, table.name, table.kind] })],
);

/** Views of the jobs list that somebody gave a name. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: serial('id').primaryKey(),
    scopeId: integer('scope_id').notNull(),
    name: text('name').notNull(),
    search: text('search').notNull(),
    who: text('who').notNull(),
    savedAt: at('saved_at').notNull(),
  },
  (table) => [unique().on(table.scopeId, table.name)],
);

/** Clean-ups: what was started, by which rules, and how it stands. One a scope is open at a time. */
export const pruneRuns = pgTable('prune_runs', {
  id: serial('id').primaryKey(),
  scopeId: integer('scope_id').notNull(),
  startToken: text('start_token').notNull(),
  /** Its entry in the ledger. */
  actionId: integer('action_id'),
  state: text('state').$type<RunState>().notNull(),
  who: text('who'),
  rules: jsonb('rules').$type<PruneRules>().notNull(),
  /** How many were left out by hand. */
  dropped: integer('dropped').notNull().default(0),
  total: integer('total').notNull(),
  startedAt: at('started_at').notNull(),
  finishedAt: at('finished_at'),
});

/** The packages of a clean-up, in the order they go. */
export const pruneItems = pgTable(
  'prune_items',
  {
    runId: integer('run_id').notNull(),
    position: integer('position').notNull(),
    groupId: integer('group_id').notNull(),
    version: integer('version').notNull(),
    /** What was confirmed: this package of this job. A group may be made again, and a maker found to be another. */
    createdAt: at('created_at').notNull(),
    jobId: integer('job_id').notNull(),
    state: coded('state', ITEM_STATES).notNull(),
    attempts: smallint('attempts').notNull().default(0),
    reason: text('reason'),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.position] })],
);

const jobKey = {
  scopeId: integer('scope_id').notNull(),
  category: text('category').notNull(),
  name: text('name').notNull(),
};

/** Logs of finished jobs that outlive the retention of their groups. No lines: there was nothing left to keep. */
export const keptLogs = pgTable(
  'kept_logs',
  {
    ...jobKey,
    source: text('source').notNull(),
    /** Names of the streams; the chunks name them by their place here. */
    streams: jsonb('streams').$type<string[]>().notNull(),
    lines: integer('lines').notNull(),
    /** Of the compressed chunks. */
    bytes: integer('bytes').notNull(),
    /** False when only the end was kept. */
    whole: boolean('whole').notNull(),
    keptAt: at('kept_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.category, table.name, table.source] })],
);

/** Stretches of a kept log, oldest first: whole milliseconds, deflated JSON (see kept-chunk.ts). */
export const keptLogChunks = pgTable(
  'kept_log_chunks',
  {
    ...jobKey,
    source: text('source').notNull(),
    seq: integer('seq').notNull(),
    fromMs: bigint('from_ms', { mode: 'number' }).notNull(),
    toMs: bigint('to_ms', { mode: 'number' }).notNull(),
    lines: integer('lines').notNull(),
    body: bytes('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.category, table.name, table.source, table.seq] })],
);

/** Log groups that somebody named for one job, or with an empty category and name for all jobs of the scope. */
export const namedLogGroups = pgTable(
  'named_log_groups',
  { ...jobKey, logGroup: text('log_group').notNull(), who: text('who').notNull(), namedAt: at('named_at').notNull() },
  (table) => [primaryKey({ columns: [table.scopeId, table.category, table.name, table.logGroup] })],
);
