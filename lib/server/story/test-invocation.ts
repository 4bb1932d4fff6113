import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { DiagnosisCheck } from '@/lib/contract/diagnosis';
import { invokeFunction } from '../aws/lambda';
import type { Deployment } from '../deployment';

const ID = 'invocation';
const TITLE = 'Test invocation of the forwarder';

/** The payload of the documentation, with a job that does not run (AWS docs: agent interface). */
const payloadFor = (region: string, account: string) => ({
  prompt: 'This is a test from Cairn. Answer with one word.',
  metadata: {
    jobArn: `arn:aws:sagemaker:${region}:${account}:job/AgentRFT/cairn-test-invocation`,
    rolloutId: 'cairn-test-invocation',
  },
  inferenceParams: { temperature: 1.0, topP: 1.0, maxTokens: 16 },
});

/**
 * Invokes the forwarder once. Without a live job the sampling step must fail, so that an InternalServerError is the sign
 * that the chain works up to there (AWS docs: troubleshooting).
 */
export async function testInvocation(
  d: Deployment,
  region: string,
  functionArn: string,
  account: string,
): Promise<DiagnosisCheck> {
  try {
    const answer = await invokeFunction(d.aws(region), functionArn, payloadFor(region, account));
    return judge(answer.functionError, answer.payload);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      id: ID,
      title: TITLE,
      state: 'could-not',
      evidence: error.message,
      ...(error.hint && { todo: error.hint }),
    };
  }
}

function judge(functionError: string | undefined, payload: string): DiagnosisCheck {
  const said = payload.slice(0, 500);
  if (functionError) {
    const todo = /timed out/i.test(payload)
      ? 'The function ran out of its time: raise its timeout.'
      : 'Read the function’s log; it failed before it could answer.';
    return { id: ID, title: TITLE, state: 'fail', evidence: `The function failed (${functionError}): ${said}`, todo };
  }
  const type = /"errorType"\s*:\s*"(\w+)"/.exec(payload)?.[1];
  if (type === 'InternalServerError') {
    return {
      id: ID,
      title: TITLE,
      state: 'pass',
      evidence: `It answered InternalServerError, which is what it should say without a live job: the chain works up to sampling. ${said}`,
    };
  }
  if (type) {
    return {
      id: ID,
      title: TITLE,
      state: 'fail',
      evidence: `It answered ${type}: ${said}`,
      todo: 'Let the function read the documented payload: prompt, metadata.jobArn, metadata.rolloutId, inferenceParams.',
    };
  }
  return { id: ID, title: TITLE, state: 'pass', evidence: `It accepted the rollout: ${said}` };
}
