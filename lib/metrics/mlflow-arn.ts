/** A tracking store at AWS: an MLflow app or a tracking server. */
export interface MlflowArn {
  arn: string;
  kind: 'app' | 'server';
  region: string;
  partition: string;
  /** The name of a server; the id of an app. */
  name: string;
}

const ARN = /^arn:(aws[a-z-]*):sagemaker:([a-z0-9-]{1,40}):\d{12}:mlflow-(app|tracking-server)\/([A-Za-z0-9-]{1,256})$/;

/** Reads the ARN that a job's MLflow config names; undefined for a text that is none. */
export function parseMlflowArn(text: string | undefined): MlflowArn | undefined {
  const found = text === undefined ? null : ARN.exec(text);
  if (!found || text === undefined) return undefined;
  const [, partition = '', region = '', kind, name = ''] = found;
  return { arn: text, kind: kind === 'app' ? 'app' : 'server', region, partition, name };
}
