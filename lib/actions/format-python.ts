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
    '    JobConfigDocument=(',
    ...pieces(request.JobConfigDocument).map((piece) => `        ${quotePython(piece)}`),
    '    ),',
    ...(request.Tags ? ['    Tags=[', ...request.Tags.map(formatTag), '    ],'] : []),
    ')',
    'print(response["JobArn"])',
    '',
  ].join('\n');
}

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
