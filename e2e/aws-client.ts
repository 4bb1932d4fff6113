import { CreateJobCommand, DescribeJobCommand, type JobCategory, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { assertSandbox } from './assert-sandbox';
import { type Cairn, REGION } from './cairn';

/** Somebody else's AWS client: the plain SDK, which knows nothing of Cairn. */
export function awsClient(cairn: Cairn): SageMakerClient {
  assertSandbox(cairn.sandboxUrl);
  return new SageMakerClient({
    region: REGION,
    endpoint: cairn.sandboxUrl,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
  });
}

/** Creates a job with the document of another, as a person would who copies it. */
export async function createLike(cairn: Cairn, model: string, jobName: string, category: JobCategory = 'AgentRFT') {
  const client = awsClient(cairn);
  try {
    const job = await client.send(new DescribeJobCommand({ JobName: model, JobCategory: category }));
    const { ServiceOutput, ...document } = JSON.parse(job.JobConfigDocument ?? '{}') as Record<string, unknown>;
    await client.send(
      new CreateJobCommand({
        JobName: jobName,
        JobCategory: category,
        RoleArn: job.RoleArn,
        JobConfigSchemaVersion: job.JobConfigSchemaVersion,
        JobConfigDocument: JSON.stringify(document),
      }),
    );
  } finally {
    client.destroy();
  }
}
