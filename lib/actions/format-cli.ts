import type { JobRequest } from './build-resume-request';

export interface SnippetTarget {
  region: string;
  /** Set for a stand-in: without it the text would reach the real service. */
  endpointUrl?: string;
}

/** One POSIX shell word that means exactly `text`, whatever it holds. */
export function quoteShell(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Shell text that sends the same request with the AWS CLI. The document goes through a file, because one argument may
 * not be longer than 128 KiB on Linux and a document may have twice that; tags are JSON, because the CLI's short form
 * has no way to write every value. create-job needs a CLI with botocore 1.43.37 or later (SDK source).
 */
export function formatCli(request: JobRequest, target: SnippetTarget): string {
  const end = heredocEnd(request.JobConfigDocument);
  const options: [string, string][] = [
    ['--region', quoteShell(target.region)],
    ...(target.endpointUrl ? [['--endpoint-url', quoteShell(target.endpointUrl)] as [string, string]] : []),
    ['--job-name', quoteShell(request.JobName)],
    ['--role-arn', quoteShell(request.RoleArn)],
    ['--job-category', quoteShell(request.JobCategory)],
    ['--job-config-schema-version', quoteShell(request.JobConfigSchemaVersion)],
    ['--job-config-document', '"file://$document"'],
    ...(request.Tags ? [['--tags', quoteShell(JSON.stringify(request.Tags))] as [string, string]] : []),
  ];
  return [
    'document=$(mktemp)',
    `cat > "$document" <<'${end}'`,
    request.JobConfigDocument,
    end,
    `aws sagemaker create-job \\\n${options.map(([name, value]) => `  ${name} ${value}`).join(' \\\n')}`,
    'rm -f "$document"',
    '',
  ].join('\n');
}

/** A word that no line of the document is equal to. */
function heredocEnd(text: string): string {
  const lines = new Set(text.split('\n'));
  let end = 'JSON';
  while (lines.has(end)) end = `${end}_`;
  return end;
}
