import type { JobRequest } from './build-resume-request';
import type { SnippetTarget } from './format-cli';

const LINE_LENGTH = 96;

/**
 * A Python string literal that means exactly `text`. JSON escapes are all Python escapes too, so the JSON form is one;
 * a lone half of a surrogate pair is escaped by JSON.stringify and stays what it is.
 */
export function quotePython(text: string): string {
  return JSON.stringify(text);
}

/** Python text that sends the same request with boto3. create_job needs boto3 1.43.37 or later (SDK source). */
export function formatPython(request: JobRequest, target: SnippetTarget): string {
  const client = [
    '"sagemaker"',
    `region_name=${quotePython(target.region)}`,
    ...(target.endpointUrl ? [`endpoint_url=${quotePython(target.endpointUrl)}`] : []),
  ];
  return [
    'import boto3',
    '',
    `sagemaker = boto3.client(${client.join(', ')})`,
    'response = sagemaker.create_job(',
    `    JobName=${quotePython(request.JobName)},`,
    `    RoleArn=${quotePython(request.RoleArn)},`,
    `    JobCategory=${quotePython(request.JobCategory)},`,
    `    JobConfigSchemaVersion=${quotePython(request.JobConfigSchemaVersion)},`,
    ...documentArgument('JobConfigDocument', request.JobConfigDocument),
    ...(request.Tags ? ['    Tags=[', ...request.Tags.map(formatTag), '    ],'] : []),
    ')',
    'print(response["JobArn"])',
    '',
  ].join('\n');
}

/**
 * The same with the SageMaker Python SDK: `sagemaker.core.resources.Job` (sagemaker-core, which comes with
 * sagemaker-train). Its trainers make documents of their own; this sends the one that was checked. Tried with
 * sagemaker-train 1.27 and sagemaker-core 2.27; it takes another endpoint from the environment only (SDK source).
 */
export function formatSagemakerPython(request: JobRequest, target: SnippetTarget): string {
  return [
    ...(target.endpointUrl
      ? ['import os', '', `os.environ["AWS_ENDPOINT_URL_SAGEMAKER"] = ${quotePython(target.endpointUrl)}`, '']
      : []),
    'from sagemaker.core.resources import Job',
    ...(request.Tags ? ['from sagemaker.core.shapes import Tag'] : []),
    '',
    'job = Job.create(',
    `    job_name=${quotePython(request.JobName)},`,
    `    role_arn=${quotePython(request.RoleArn)},`,
    `    job_category=${quotePython(request.JobCategory)},`,
    `    job_config_schema_version=${quotePython(request.JobConfigSchemaVersion)},`,
    ...documentArgument('job_config_document', request.JobConfigDocument),
    ...(request.Tags
      ? [
          '    tags=[',
          ...request.Tags.map(({ Key, Value }) => `        Tag(key=${quotePython(Key)}, value=${quotePython(Value)}),`),
          '    ],',
        ]
      : []),
    `    region=${quotePython(target.region)},`,
    ')',
    'print(job.job_arn)',
    '',
  ].join('\n');
}

const documentArgument = (name: string, text: string) => [
  `    ${name}=(`,
  ...pieces(text).map((piece) => `        ${quotePython(piece)}`),
  '    ),',
];

const formatTag = (tag: { Key: string; Value: string }) =>
  `        {"Key": ${quotePython(tag.Key)}, "Value": ${quotePython(tag.Value)}},`;

/** The text cut into lines a person can read; Python joins neighbouring literals. Never cuts a surrogate pair. */
function pieces(text: string): string[] {
  const result: string[] = [];
  let piece = '';
  for (const character of text) {
    piece += character;
    if (piece.length >= LINE_LENGTH || character === '\n') {
      result.push(piece);
      piece = '';
    }
  }
  if (piece !== '' || result.length === 0) result.push(piece);
  return result;
}
