/** One step of the tables' history. Never edited once released; a change is a new entry at the end. */
export interface Migration {
  name: string;
  /** Statements separated by semicolons, plain PostgreSQL. */
  sql: string;
}

/** In the order they run; the position is the id that the catalog records. What columns mean stands in `schema.ts`. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'first tables',
    sql: `
CREATE TABLE scopes (
  id serial PRIMARY KEY,
  account text NOT NULL,
  partition text NOT NULL,
  region text NOT NULL,
  seen_at timestamptz(3) NOT NULL,
  UNIQUE (account, partition, region)
);

CREATE TABLE jobs (
  id serial PRIMARY KEY,
  scope_id integer NOT NULL REFERENCES scopes (id),
  category text NOT NULL,
  name text NOT NULL,
  arn text NOT NULL,
  status text NOT NULL,
  secondary_status text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  modified_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  as_of timestamptz(3) NOT NULL,
  described_at timestamptz(3),
  described_modified_at timestamptz(3),
  role_arn text,
  schema_version text,
  failure_reason text,
  tags jsonb,
  base_model text,
  dataset text,
  output_group text,
  intermediate_group text,
  output_path text,
  output_package_arn text,
  input_package_arn text,
  input_group text,
  input_version integer,
  mlflow jsonb,
  named jsonb,
  progress jsonb,
  tokens_train bigint,
  tokens_prefill bigint,
  tokens_sample bigint,
  save_every integer,
  resumable_count integer NOT NULL DEFAULT 0,
  model_count integer NOT NULL DEFAULT 0,
  last_resumable_step integer,
  packages_complete boolean NOT NULL DEFAULT false,
  deleted_at timestamptz(3),
  search text NOT NULL DEFAULT '',
  UNIQUE (scope_id, category, name)
);
CREATE INDEX jobs_by_creation ON jobs (scope_id, created_at, id);
CREATE INDEX jobs_by_input ON jobs (scope_id, input_group, input_version) WHERE input_group IS NOT NULL;

CREATE TABLE transitions (
  job_id integer NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  position smallint NOT NULL,
  status text NOT NULL,
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  message text,
  PRIMARY KEY (job_id, position)
);

CREATE TABLE config_documents (
  job_id integer PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  raw text NOT NULL
);

CREATE TABLE package_groups (
  id serial PRIMARY KEY,
  scope_id integer NOT NULL REFERENCES scopes (id),
  name text NOT NULL,
  listed_until timestamptz(3),
  complete boolean NOT NULL DEFAULT false,
  as_of timestamptz(3),
  UNIQUE (scope_id, name)
);

CREATE TABLE packages (
  group_id integer NOT NULL REFERENCES package_groups (id) ON DELETE CASCADE,
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  status text NOT NULL,
  approval text,
  registration text,
  kind smallint NOT NULL DEFAULT 0,
  described boolean NOT NULL DEFAULT false,
  inspected boolean NOT NULL DEFAULT false,
  s3_uri text,
  base_model text,
  carriers jsonb,
  job_id integer,
  step integer,
  evidence smallint NOT NULL DEFAULT 0,
  evidence_detail text,
  step_evidence smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (group_id, version)
);
CREATE INDEX packages_by_job ON packages (job_id, step);
CREATE INDEX packages_undescribed ON packages (group_id) WHERE NOT described;

CREATE TABLE sync_state (
  scope_id integer NOT NULL REFERENCES scopes (id),
  key text NOT NULL,
  value jsonb NOT NULL,
  PRIMARY KEY (scope_id, key)
);

CREATE TABLE actions (
  id serial PRIMARY KEY,
  scope_id integer NOT NULL REFERENCES scopes (id),
  action text NOT NULL,
  plan_token text,
  request_hash text,
  category text NOT NULL,
  name text NOT NULL,
  state text NOT NULL,
  answer jsonb,
  started_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  UNIQUE (scope_id, plan_token)
)`,
  },
  {
    name: 'positions of the sync',
    sql: `
ALTER TABLE jobs ADD COLUMN content_hash text;
ALTER TABLE package_groups ADD COLUMN filled_from timestamptz(3);
ALTER TABLE package_groups ADD COLUMN read_at timestamptz(3);
CREATE INDEX packages_unresolved ON packages (group_id, created_at, version) WHERE evidence < 2;
CREATE INDEX packages_uninspected ON packages (group_id, created_at, version)
  WHERE described AND NOT inspected AND (evidence < 2 OR step_evidence < 2)`,
  },
  {
    name: 'indexes of the sync',
    sql: `
DROP INDEX packages_undescribed;
CREATE INDEX packages_undescribed ON packages (group_id, version) WHERE NOT described;
DROP INDEX packages_uninspected;
CREATE INDEX packages_uninspected ON packages (group_id, evidence, step_evidence, created_at DESC, version DESC)
  WHERE described AND NOT inspected AND (evidence < 2 OR step_evidence < 2);
CREATE INDEX packages_to_count ON packages (group_id, job_id)
  WHERE job_id IS NOT NULL AND (step IS NULL OR step_evidence = 1)`,
  },
  {
    name: 'metrics',
    sql: `
CREATE TABLE metric_runs (
  job_id integer PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  state text NOT NULL,
  message text,
  hint text,
  resource_arn text,
  experiment_id text,
  run_id text,
  found_by text,
  read_at timestamptz(3),
  tried_at timestamptz(3) NOT NULL,
  run_ended boolean NOT NULL DEFAULT false,
  settled boolean NOT NULL DEFAULT false,
  complete boolean NOT NULL DEFAULT false,
  latest jsonb
);
CREATE TABLE metric_series (
  job_id integer NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  key text NOT NULL,
  count integer NOT NULL,
  total integer NOT NULL,
  whole boolean NOT NULL DEFAULT false,
  last_step bigint,
  last_time_ms double precision,
  points bytea NOT NULL,
  PRIMARY KEY (job_id, key)
);
ALTER TABLE jobs ADD COLUMN reward jsonb`,
  },
  {
    name: 'actions on checkpoints, notes and pins',
    sql: `
ALTER TABLE actions ALTER COLUMN category DROP NOT NULL;
ALTER TABLE actions ALTER COLUMN name DROP NOT NULL;
ALTER TABLE actions ADD COLUMN group_name text;
ALTER TABLE actions ADD COLUMN version integer;
ALTER TABLE actions ADD COLUMN who text;
ALTER TABLE actions ADD COLUMN detail jsonb;
CREATE INDEX actions_by_time ON actions (scope_id, started_at DESC, id DESC);

CREATE TABLE package_pins (
  scope_id integer NOT NULL REFERENCES scopes (id),
  group_name text NOT NULL,
  version integer NOT NULL,
  who text NOT NULL,
  pinned_at timestamptz(3) NOT NULL,
  PRIMARY KEY (scope_id, group_name, version)
);

CREATE TABLE package_notes (
  id serial PRIMARY KEY,
  scope_id integer NOT NULL REFERENCES scopes (id),
  group_name text NOT NULL,
  version integer NOT NULL,
  note text NOT NULL,
  who text NOT NULL,
  written_at timestamptz(3) NOT NULL
);
CREATE INDEX package_notes_by_package ON package_notes (scope_id, group_name, version)`,
  },
  {
    name: 'what happened to jobs',
    sql: `
CREATE TABLE trail_events (
  scope_id integer NOT NULL REFERENCES scopes (id),
  event_id text NOT NULL,
  name text NOT NULL,
  at timestamptz(3) NOT NULL,
  job_category text,
  job_name text,
  event jsonb NOT NULL,
  PRIMARY KEY (scope_id, event_id)
);
CREATE INDEX trail_events_by_job ON trail_events (scope_id, job_category, job_name);
CREATE INDEX trail_events_by_name ON trail_events (scope_id, name, at);

CREATE TABLE job_reports (
  scope_id integer NOT NULL REFERENCES scopes (id),
  category text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  report jsonb NOT NULL,
  made_at timestamptz(3) NOT NULL,
  PRIMARY KEY (scope_id, category, name, kind)
)`,
  },
  {
    name: 'saved views of the jobs list',
    sql: `
CREATE TABLE saved_views (
  id serial PRIMARY KEY,
  scope_id integer NOT NULL REFERENCES scopes (id),
  name text NOT NULL,
  search text NOT NULL,
  who text NOT NULL,
  saved_at timestamptz(3) NOT NULL,
  UNIQUE (scope_id, name)
)`,
  },
  {
    name: 'prune',
    sql: `
CREATE TABLE prune_runs (
  id serial PRIMARY KEY,
  scope_id integer NOT NULL REFERENCES scopes (id),
  start_token text NOT NULL,
  action_id integer,
  state text NOT NULL,
  who text,
  rules jsonb NOT NULL,
  dropped integer NOT NULL DEFAULT 0,
  total integer NOT NULL,
  started_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3)
);
CREATE INDEX prune_runs_by_time ON prune_runs (scope_id, id);
CREATE UNIQUE INDEX prune_runs_open ON prune_runs (scope_id) WHERE state IN ('running', 'paused');

CREATE TABLE prune_items (
  run_id integer NOT NULL REFERENCES prune_runs (id) ON DELETE CASCADE,
  position integer NOT NULL,
  group_id integer NOT NULL,
  version integer NOT NULL,
  state smallint NOT NULL DEFAULT 0,
  attempts smallint NOT NULL DEFAULT 0,
  reason text,
  changed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (run_id, position)
);
CREATE INDEX prune_items_by_state ON prune_items (run_id, state, position);
CREATE INDEX prune_items_going ON prune_items (group_id, version) WHERE state = 1`,
  },
  {
    name: 'logs of finished jobs, and log groups that people named',
    sql: `
CREATE TABLE kept_logs (
  scope_id integer NOT NULL REFERENCES scopes (id),
  category text NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  streams jsonb NOT NULL,
  lines integer NOT NULL,
  bytes integer NOT NULL,
  whole boolean NOT NULL,
  kept_at timestamptz(3) NOT NULL,
  PRIMARY KEY (scope_id, category, name, source)
);

CREATE TABLE kept_log_chunks (
  scope_id integer NOT NULL,
  category text NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  seq integer NOT NULL,
  from_ms bigint NOT NULL,
  to_ms bigint NOT NULL,
  lines integer NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (scope_id, category, name, source, seq)
);

CREATE TABLE named_log_groups (
  scope_id integer NOT NULL REFERENCES scopes (id),
  category text NOT NULL,
  name text NOT NULL,
  log_group text NOT NULL,
  who text NOT NULL,
  named_at timestamptz(3) NOT NULL,
  PRIMARY KEY (scope_id, category, name, log_group)
)`,
  },
  {
    // Of a run begun before it is not known what exactly was confirmed: its items are kept.
    name: 'what a clean-up was confirmed for',
    sql: `
ALTER TABLE prune_items ADD COLUMN created_at timestamptz(3) NOT NULL DEFAULT 'epoch';
ALTER TABLE prune_items ADD COLUMN job_id integer NOT NULL DEFAULT 0`,
  },
  {
    // Measured with 200,000 deletions: a job's or a checkpoint's ledger takes 1 ms where it took 140, and what clean-ups took
    // of a job 10 ms where it took 300.
    name: 'the ledger after many deletions',
    sql: `
CREATE INDEX actions_by_job ON actions (scope_id, category, name) WHERE name IS NOT NULL;
CREATE INDEX actions_by_package ON actions (scope_id, group_name, version) WHERE group_name IS NOT NULL;
CREATE INDEX prune_items_deleted ON prune_items (job_id) WHERE state = 2`,
  },
];
