import { hashKey, Rng, unitAt } from '../rng';
import { type AgentChange, agentOf } from './agents';
import { ACCOUNT_ID, jobArn, packageArn } from './arns';
import { lifeOf } from './life';
import type { Job } from './types';
import type { RegionWorld } from './world';

/** A management event: who did what. Everything in it follows from the jobs, packages and agents of the world. */
export interface AuditRecord {
  id: string;
  at: number;
  name: string;
  source: string;
  user: string;
  readOnly: boolean;
  resources: Array<{ ResourceType: string; ResourceName: string }>;
  request: Record<string, unknown>;
  response: Record<string, unknown> | null;
}

/** Events are delivered within about 15 min (AWS docs): each after its own while. */
const LAG_MS = { least: 180_000, most: 900_000 };

const SAGEMAKER = 'sagemaker.amazonaws.com';

/** The events that LookupEvents can know at `t`, newest first. */
export function auditAt(region: RegionWorld, t: number): AuditRecord[] {
  const records = [
    ...region.jobs.flatMap((job) => jobRecords(job)),
    ...approvals(region),
    ...deletions(region),
    ...region.agentChanges.map((change) => deployment(region, change)),
  ];
  return records
    .filter(({ id, at }) => at + LAG_MS.least + (LAG_MS.most - LAG_MS.least) * unitAt(hashKey(id), 3) <= t)
    .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}

const ownerOf = (job: Job) => job.tags.find(({ Key }) => Key === 'owner')?.Value ?? 'robin';

const eventId = (...key: Array<string | number>) => new Rng(hashKey('audit', ...key)).uuid();

function jobRecords(job: Job): AuditRecord[] {
  const about = { jobName: job.name, jobCategory: job.category };
  const record = (name: string, at: number, user: string, more: Partial<AuditRecord> = {}): AuditRecord => ({
    id: eventId(name, job.key, at % 4_294_967_296),
    at: Math.floor(at / 1000) * 1000,
    name,
    source: SAGEMAKER,
    user,
    readOnly: false,
    // AWS may leave these empty for jobs (assumption): search by event name or source.
    resources: [],
    request: about,
    response: null,
    ...more,
  });
  const created = record('CreateJob', job.createdAt, ownerOf(job), {
    request: {
      ...about,
      roleArn: job.roleArn,
      jobConfigSchemaVersion: job.schemaVersion,
      jobConfigDocument: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    },
    response: { jobArn: jobArn(job.region, job.category, job.name) },
  });
  const stopping = lifeOf(job).phases.find(({ status }) => status === 'Stopping');
  const stopped = stopping && lifeOf(job).phases.at(-1)?.status === 'Stopped';
  return [
    created,
    ...(stopping && stopped ? [record('StopJob', stopping.start, job.stopRequestedAt ? 'robin' : ownerOf(job))] : []),
    ...(job.deletedAt === undefined ? [] : [record('DeleteJob', job.deletedAt, 'robin')]),
  ];
}

function approvals(region: RegionWorld): AuditRecord[] {
  return [...region.groups.values()].flatMap((group) =>
    [...group.edits].map(([version, edit]): AuditRecord => {
      const arn = packageArn(region.name, group.name, version);
      return {
        id: eventId('UpdateModelPackage', arn, edit.modifiedAt % 4_294_967_296),
        at: Math.floor(edit.modifiedAt / 1000) * 1000,
        name: 'UpdateModelPackage',
        source: SAGEMAKER,
        user: 'robin',
        readOnly: false,
        resources: [{ ResourceType: 'AWS::SageMaker::ModelPackage', ResourceName: arn }],
        request: {
          modelPackageArn: arn,
          ...(edit.approvalStatus && { modelApprovalStatus: edit.approvalStatus }),
          ...(edit.approvalDescription && { approvalDescription: edit.approvalDescription }),
        },
        response: { modelPackageArn: arn },
      };
    }),
  );
}

function deletions(region: RegionWorld): AuditRecord[] {
  return [...region.groups.values()].flatMap((group) =>
    [...group.deleted].map(([version, deletedAt]): AuditRecord => {
      const arn = packageArn(region.name, group.name, version);
      return {
        id: eventId('DeleteModelPackage', arn, deletedAt % 4_294_967_296),
        at: Math.floor(deletedAt / 1000) * 1000,
        name: 'DeleteModelPackage',
        source: SAGEMAKER,
        user: 'robin',
        readOnly: false,
        resources: [],
        request: { modelPackageName: arn },
        response: null,
      };
    }),
  );
}

function deployment(region: RegionWorld, change: AgentChange): AuditRecord {
  const core = change.kind === 'runtime';
  const arn = region.jobs.map(agentOf).find((agent) => agent?.id === change.id)?.arn ?? '';
  return {
    id: eventId('deploy', change.id, change.at % 4_294_967_296),
    at: Math.floor(change.at / 1000) * 1000,
    name: core ? 'UpdateAgentRuntime' : 'UpdateFunctionCode20150331v2',
    source: core ? 'bedrock-agentcore.amazonaws.com' : 'lambda.amazonaws.com',
    user: change.by,
    readOnly: false,
    resources: [],
    request: core ? { agentRuntimeId: change.id } : { functionName: change.id },
    response: core ? { agentRuntimeArn: arn, status: 'UPDATING' } : { functionArn: arn },
  };
}

/** The record as its JSON text has it (assumption for jobs: the usual shape of a SageMaker management event). */
export function toCloudTrailJson(region: string, record: AuditRecord): string {
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLEOPERATOR01:${record.user}`,
      arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/ExampleOperatorRole/${record.user}`,
      accountId: ACCOUNT_ID,
      accessKeyId: 'ASIAEXAMPLE',
    },
    eventTime: new Date(record.at).toISOString().replace('.000Z', 'Z'),
    eventSource: record.source,
    eventName: record.name,
    awsRegion: region,
    sourceIPAddress: '203.0.113.17',
    userAgent: 'aws-sdk-python/1.43',
    requestParameters: record.request,
    responseElements: record.response,
    requestID: record.id,
    eventID: record.id,
    readOnly: record.readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT_ID,
    eventCategory: 'Management',
  });
}
