import 'server-only';
import { groupKey, groupsOf } from '@/lib/checkpoints/maker-index';
import { parsePackageArn } from '@/lib/checkpoints/package-arn';
import type { JobRef } from '@/lib/contract/jobs';
import { parseConfigDocument } from '@/lib/jobs/parse-config-document';
import { jobStatusFacts } from '@/lib/jobs/status';
import { type JobFacts, toJobFacts } from '@/lib/jobs/to-job-facts';
import type { AwsJob } from '../aws/sagemaker-jobs';
import { markDeleted, saveDescription } from '../catalog/jobs-writes';
import { endOf, listMakers, type StoredMaker } from '../catalog/sync-reads';
import { publishJobs, type RegionContext } from './region-context';

const START_SLACK_MS = 60_000;
/** Far beyond any promotion: a path says whose a package is however late it comes. */
const LATE_MS = 24 * 3_600_000;

/** What came of a description. */
export interface SavedJob {
  changed: boolean;
  /** The job may still change. */
  live: boolean;
}

/** Writes what DescribeJob said, and notes which packages' makers are to be looked for again because of it. */
export async function saveJob(context: RegionContext, job: AwsJob): Promise<SavedJob> {
  const { catalog, scope, memory } = context;
  const facts = toJobFacts(parseConfigDocument(job.jobConfigDocument).parsed);
  const saved = await saveDescription(catalog, scope, job, facts, new Date(context.now()), (group) =>
    memory.groupName(group),
  );
  const live = !jobStatusFacts(job.jobStatus).final && job.endTime === undefined;
  if (saved.replaced) await memory.reload();
  else if (saved.added) memory.counts.jobs += 1;
  if (saved.first) memory.counts.described += 1;
  if (!saved.changed) return { changed: false, live };
  if (facts.inputPackageArn) memory.inputsChanged = true;
  if (job.jobCategory === 'AgentRFT') {
    const before = memory.makers.get(saved.id);
    const after = toMaker(context, saved.id, job, facts);
    await memory.putMaker(after);
    noteConsequences(context, before, after);
  }
  publishJobs(context, [job]);
  return { changed: true, live };
}

/** Notes that AWS does not have a job any more, and that it makes no more packages. */
export async function noteDeleted(context: RegionContext, ref: JobRef): Promise<void> {
  const { catalog, scope, memory } = context;
  if (!(await markDeleted(catalog, scope, ref, new Date(context.now())))) return;
  for (const after of await listMakers(catalog, scope, [ref.jobName])) {
    const before = memory.makers.get(after.id);
    await memory.putMaker(after);
    noteConsequences(context, before, after);
  }
  memory.jobsChanged = true;
  publishJobs(context, [ref]);
}

function toMaker({ memory }: RegionContext, id: number, job: AwsJob, facts: JobFacts): StoredMaker {
  const nameOf = (group: string | undefined) => (group === undefined ? undefined : memory.groupName(group));
  return {
    id,
    ref: { jobCategory: job.jobCategory, jobName: job.jobName },
    jobArn: job.jobArn,
    createdMs: job.creationTime.getTime(),
    endedMs: endOf({ status: job.jobStatus, endedAt: job.endTime, modifiedAt: job.lastModifiedTime }),
    described: true,
    outputGroup: nameOf(facts.outputGroup),
    intermediateGroup: nameOf(facts.intermediateGroup),
    outputPath: facts.outputPath,
    named: facts.named,
    packagesComplete: memory.makers.get(id)?.packagesComplete ?? false,
  };
}

function noteConsequences({ memory, scope }: RegionContext, before: StoredMaker | undefined, after: StoredMaker): void {
  const keys = groupsOf(after);
  const known = before?.described === true && keys.join() === groupsOf(before).join();
  if (!known || after.endedMs !== before.endedMs) {
    const fromMs = after.createdMs - START_SLACK_MS;
    // What ran until now may have been given packages beyond its end; what is new to us may have late ones.
    const toMs = known || after.endedMs === undefined ? Number.MAX_SAFE_INTEGER : after.endedMs + LATE_MS;
    // A job whose document cannot be read may have used any group.
    for (const key of keys.length > 0 ? keys : memory.groups.keys()) memory.addStretch(key, { fromMs, toMs });
    memory.toCount.add(after.id);
  }
  const named = new Set(before?.named.map(({ packageArn }) => packageArn));
  for (const { packageArn } of after.named) {
    const address = named.has(packageArn) ? undefined : parsePackageArn(packageArn);
    if (address?.account === scope.account && address.region === scope.region) {
      memory.addNamed(groupKey(address.group), address.version);
    }
  }
}
