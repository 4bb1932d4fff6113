import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { MlflowArn } from '@/lib/metrics/mlflow-arn';
import type { MlflowReply, MlflowRequest } from './mlflow-http';

/** Who is asked: a resource at AWS, or one's own server. */
export type MlflowTarget = MlflowArn | 'own';

/** MLflow's own word for what went wrong (`error_code` of its JSON), if it is MLflow that speaks. */
export function errorCodeOf({ text }: MlflowReply): string | undefined {
  try {
    const { error_code } = JSON.parse(text) as { error_code?: unknown };
    return typeof error_code === 'string' ? error_code : undefined;
  } catch {
    return undefined;
  }
}

function messageOf({ text }: MlflowReply): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    const said = typeof message === 'string' ? message.replace(/\s+/g, ' ').trim().slice(0, 300) : '';
    return said && ` MLflow said: ${said.replace(/[.\s]+$/, '')}.`;
  } catch {
    return '';
  }
}

/** The permission that lets a call in: one action for all of an app (AWS docs), one for each call of a server. */
export function permissionOf(target: MlflowTarget, operation: string): string {
  if (target === 'own') return 'MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN';
  return target.kind === 'app' ? 'sagemaker:CallMlflowAppApi' : `sagemaker-mlflow:${operation}`;
}

export const nameOf = (target: MlflowTarget) =>
  target === 'own' ? 'the MLflow server of MLFLOW_TRACKING_URI' : `the MLflow ${target.kind} ${target.name}`;

/** What an answer that is no success means, as an AppError that says what to do. */
export function toMlflowError(target: MlflowTarget, request: MlflowRequest, reply: MlflowReply): AppError {
  const { operation } = request;
  const code = errorCodeOf(reply);
  const where = nameOf(target);
  if (reply.status === 401 || reply.status === 403 || code === 'PERMISSION_DENIED') {
    const needed = permissionOf(target, operation);
    return new AppError('access_denied', `${where} refused ${operation}.${messageOf(reply)}`.replace(/^t/, 'T'), {
      hint:
        target === 'own'
          ? `Check ${needed}.`
          : `The server's role needs ${needed}, or sagemaker:CreatePresignedMlflow${target.kind === 'app' ? 'AppUrl' : 'TrackingServerUrl'}.`,
    });
  }
  if (code === 'RESOURCE_DOES_NOT_EXIST') {
    return new AppError('not_found', `MLflow does not have it (${operation}).${messageOf(reply)}`, {
      hint: 'The run or trace was deleted in MLflow, or belongs to another MLflow app or server.',
    });
  }
  if (reply.status === 429 || code === 'REQUEST_LIMIT_EXCEEDED') {
    return new AppError('throttled', `MLflow asks to slow down (${operation}).`, { hint: 'It passes by itself.' });
  }
  if (code !== undefined && reply.status >= 400 && reply.status < 500) {
    return new AppError('unprocessable', `MLflow did not accept ${operation}.${messageOf(reply)}`);
  }
  return new AppError(
    'aws_failed',
    `MLflow failed to answer ${operation} properly (${reply.status}).${messageOf(reply)}`,
    {
      hint: `Check that ${where} runs; an inactive one has to be started in SageMaker.`,
    },
  );
}

/** An answer of status 200 that is no JSON, a sign-in page or an error page of a proxy; or JSON of another shape. */
export function unreadable(target: MlflowTarget, request: MlflowRequest, isJson: boolean): AppError {
  const what = isJson ? 'in a form that Cairn does not know' : 'with a web page instead of data';
  return new AppError('aws_failed', `MLflow answered ${request.operation} ${what}.`, {
    hint: isJson
      ? 'Cairn needs MLflow 2.14 or newer for metrics, and 3.0 or newer for rollouts.'
      : `Check that ${nameOf(target)} runs and that nothing on the way to it asks for a sign-in.`,
  });
}
