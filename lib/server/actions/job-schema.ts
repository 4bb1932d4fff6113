import 'server-only';
import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JobRequest } from '@/lib/actions/build-resume-request';
import type { SchemaFact } from '@/lib/actions/check-common';
import { AppError } from '@/lib/contract/app-error';
import type { JobCategory } from '@/lib/contract/names';
import { describeJobSchema } from '../aws/job-schemas';
import type { Deployment } from '../deployment';

interface Compiled {
  version: string;
  /** Undefined when the schema's own text cannot be used. */
  schema?: AnySchemaObject;
  validate?: ValidateFunction;
}

interface Entry {
  untilMs: number;
  schema: Promise<Compiled>;
}

/** 1 h: which version is newest changes a few times a year. A version itself never changes. */
const LATEST_FRESH_MS = 3_600_000;
/** 30 s: long enough not to ask again at every key a person presses, short enough to see a permission that was given. */
const FAILURE_FRESH_MS = 30_000;
const MAX_PROBLEMS = 3;

const caches = new WeakMap<Deployment, Map<string, Entry>>();

/**
 * Holds a document against the schema the service publishes for its version, and says which version is newest. Asks AWS
 * at most once per region, category and version; whatever keeps it from an answer becomes `unknown`, never an error.
 */
export async function checkAgainstSchema(
  d: Deployment,
  region: string,
  request: JobRequest,
  category: JobCategory,
): Promise<{ schema: SchemaFact; latestVersion?: string }> {
  const wanted = request.JobConfigSchemaVersion;
  try {
    const latest = await remember(d, region, category, undefined);
    const own = latest.version === wanted ? latest : await findVersion(d, region, category, wanted);
    const schema: SchemaFact = own ? validate(own, request.JobConfigDocument) : { state: 'missing', version: wanted };
    return { schema, latestVersion: latest.version };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { schema: { state: 'unknown', why: error.message, hint: error.hint } };
  }
}

/** Undefined when AWS says that it has no such version; throws where it could not be asked. */
async function findVersion(d: Deployment, region: string, category: JobCategory, version: string) {
  try {
    return await remember(d, region, category, version);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** The service's schema of a version (the newest when left out), opened; undefined when AWS does not tell it. */
export async function findJobSchema(
  d: Deployment,
  region: string,
  category: JobCategory,
  version?: string,
): Promise<{ version: string; schema?: AnySchemaObject } | undefined> {
  try {
    return await remember(d, region, category, version);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return undefined;
  }
}

function remember(d: Deployment, region: string, category: JobCategory, version: string | undefined) {
  const cache = caches.get(d) ?? new Map<string, Entry>();
  caches.set(d, cache);
  const key = `${region} ${category} ${version ?? 'latest'}`;
  const known = cache.get(key);
  if (known && known.untilMs > Date.now()) return known.schema;
  const schema = describeJobSchema(d.aws(region), category, version).then(compile);
  const untilMs = version === undefined ? Date.now() + LATEST_FRESH_MS : Number.POSITIVE_INFINITY;
  const entry: Entry = { untilMs, schema };
  cache.set(key, entry);
  schema.catch(() => {
    entry.untilMs = Date.now() + FAILURE_FRESH_MS;
  });
  return schema;
}

/** Lenient in what a schema may hold: it is the service's own, and its draft is not documented. */
function compile({ version, text }: { version: string; text: string }): Compiled {
  try {
    const schema = JSON.parse(text) as AnySchemaObject;
    const options = { allErrors: true, strict: false } as const;
    const ajv = String(schema.$schema ?? '').includes('2020-12') ? new Ajv2020(options) : new Ajv(options);
    addFormats.default(ajv);
    return { version, schema, validate: ajv.compile(schema) };
  } catch {
    return { version };
  }
}

function validate({ version, validate: check }: Compiled, document: string): SchemaFact {
  if (!check) return { state: 'unknown', why: `The schema AWS published for version ${version} cannot be read.` };
  if (check(JSON.parse(document))) return { state: 'valid', version };
  return { state: 'invalid', version, problems: (check.errors ?? []).slice(0, MAX_PROBLEMS).map(describe) };
}

const describe = (error: ErrorObject) =>
  `${error.instancePath || 'the document'} ${error.message ?? 'is not valid'}`.slice(0, 300);
