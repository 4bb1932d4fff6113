import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCli, quoteShell } from './format-cli';
import { formatPython, formatSagemakerPython } from './format-python';
import { makeRequest } from './test-data';

const target = { region: 'us-west-2' };
const request = makeRequest();

/** The text run by a real shell, with `aws` replaced by a function that prints what it was given. */
function runShell(text: string): { args: string[]; document: string } {
  const fake = 'aws() { for word; do printf "%s\\0" "$word"; done; cat "$document"; }\n';
  const output = execFileSync('/bin/sh', ['-s'], { input: `${fake}${text}`, encoding: 'utf8' });
  const parts = output.split('\0');
  return { args: parts.slice(0, -1), document: parts.at(-1) ?? '' };
}

const optionOf = (args: string[], name: string) => args[args.indexOf(name) + 1];

/** Text without characters no file or argument can carry (NUL, halves of surrogate pairs). */
const text = fc.string({ unit: 'grapheme-composite', maxLength: 60 }).filter((value) => !value.includes('\0'));
const nasty = fc.oneof(
  text,
  fc.constantFrom("'", '$(id)', '`id`', '\\', '"', '!', '<script>', 'a b\nJSON\nJSON_', '-x', '~', '*', '\r\n', '#'),
);

describe('formatCli', () => {
  it('gives a real shell exactly the request', () => {
    const { args, document } = runShell(formatCli(request, target));
    expect(args.slice(0, 2)).toEqual(['sagemaker', 'create-job']);
    expect(optionOf(args, '--job-name')).toBe('desk-r2-s41');
    expect(optionOf(args, '--role-arn')).toBe(request.RoleArn);
    expect(optionOf(args, '--region')).toBe('us-west-2');
    expect(optionOf(args, '--job-config-schema-version')).toBe('1.0.0');
    expect(optionOf(args, '--job-config-document')).toMatch(/^file:\/\/\//);
    expect(JSON.parse(optionOf(args, '--tags') ?? '')).toEqual(request.Tags);
    expect(args).not.toContain('--endpoint-url');
    expect(document).toBe(`${request.JobConfigDocument}\n`);
  });

  it('names the endpoint of a stand-in', () => {
    const { args } = runShell(formatCli(request, { ...target, endpointUrl: 'http://127.0.0.1:4566' }));
    expect(optionOf(args, '--endpoint-url')).toBe('http://127.0.0.1:4566');
  });

  it('survives whatever tags and documents hold', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (key, value, inner) => {
        const document = JSON.stringify({ inner }, null, 2).replaceAll('\\n', '\\u000a');
        const { args, document: sent } = runShell(
          formatCli({ ...request, JobConfigDocument: document, Tags: [{ Key: key, Value: value }] }, target),
        );
        expect(JSON.parse(optionOf(args, '--tags') ?? '')).toEqual([{ Key: key, Value: value }]);
        expect(JSON.parse(sent)).toEqual({ inner });
      }),
      { numRuns: 60 },
    );
  });

  it('ends the document at a word that is not in it', () => {
    const document = '{"a":\n"b"\n,"JSON":\n1}\n';
    const odd = { ...request, JobConfigDocument: document.replace('"b"', '"b",\n"c":\n[\nJSON\n]') };
    expect(runShell(formatCli(odd, target)).document).toBe(`${odd.JobConfigDocument}\n`);
  });

  it('quotes only where it must', () => {
    expect(quoteShell('desk-r2-s41')).toBe('desk-r2-s41');
    expect(quoteShell("it's")).toBe("'it'\\''s'");
    expect(quoteShell('')).toBe("''");
  });
});

/** Every double-quoted literal of the text, read by JSON's rules, which Python shares for what JSON.stringify writes. */
const literals = (python: string) =>
  [...python.matchAll(/"(?:[^"\\\n]|\\.)*"/g)].map(([literal]) => JSON.parse(literal));

describe('formatPython', () => {
  it('holds exactly the request', () => {
    const python = formatPython(request, { ...target, endpointUrl: 'http://127.0.0.1:4566' });
    const document = python.slice(python.indexOf('JobConfigDocument=('), python.indexOf('\n    ),'));
    expect(literals(document).join('')).toBe(request.JobConfigDocument);
    expect(python.split('\n').slice(0, 8)).toEqual([
      'import boto3',
      '',
      'sagemaker = boto3.client("sagemaker", region_name="us-west-2", endpoint_url="http://127.0.0.1:4566")',
      'response = sagemaker.create_job(',
      '    JobName="desk-r2-s41",',
      `    RoleArn="${request.RoleArn}",`,
      '    JobCategory="AgentRFT",',
      '    JobConfigSchemaVersion="1.0.0",',
    ]);
    expect(python).toContain('        {"Key": "team", "Value": "support"},\n    ],\n)\nprint(response["JobArn"])\n');
  });

  it('keeps any document whole, and every literal on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (document) => {
        const python = formatPython({ ...request, JobConfigDocument: document, Tags: undefined }, target);
        const block = python.slice(python.indexOf('=(') + 2, python.lastIndexOf('\n    ),'));
        expect(literals(block).join('')).toBe(document);
        for (const line of block.split('\n').slice(1)) expect(line).toMatch(/^ {8}"(?:[^"\\]|\\.)*"$/s);
      }),
    );
  });
});

describe('formatSagemakerPython', () => {
  it('holds exactly the request, and names another endpoint before the SDK is loaded', () => {
    const python = formatSagemakerPython(request, { ...target, endpointUrl: 'http://127.0.0.1:4566' });
    const document = python.slice(python.indexOf('job_config_document=('), python.indexOf('\n    ),'));
    expect(literals(document).join('')).toBe(request.JobConfigDocument);
    expect(python.split('\n').slice(0, 12)).toEqual([
      'import os',
      '',
      'os.environ["AWS_ENDPOINT_URL_SAGEMAKER"] = "http://127.0.0.1:4566"',
      '',
      'from sagemaker.core.resources import Job',
      'from sagemaker.core.shapes import Tag',
      '',
      'job = Job.create(',
      '    job_name="desk-r2-s41",',
      `    role_arn="${request.RoleArn}",`,
      '    job_category="AgentRFT",',
      '    job_config_schema_version="1.0.0",',
    ]);
    expect(python).toContain(
      '        Tag(key="team", value="support"),\n    ],\n    region="us-west-2",\n)\nprint(job.job_arn)\n',
    );
  });

  it('leaves out what is not needed', () => {
    const python = formatSagemakerPython({ ...request, Tags: undefined }, { region: 'us-west-2' });
    expect(python).not.toMatch(/import os|Tag/);
  });
});
