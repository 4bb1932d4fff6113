import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const filesOf = (folder: string, ending: RegExp) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && !/\.test\./.test(file))
    .map((file) => path.join(folder, file));

function actionsOf(policy: string): string[] {
  const text = new RegExp(`<!-- policy: ${policy} -->\\s*\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
  const { Statement } = JSON.parse(text) as { Statement: { Action: string | string[] }[] };
  return Statement.flatMap(({ Action }) => Action).sort();
}

describe('README', () => {
  it('the policies allow exactly what the server calls', () => {
    const commands = new Set(
      filesOf('lib/server/aws', /\.ts$/).flatMap((file) =>
        [...read(file).matchAll(/\bnew ([A-Z]\w+)Command\(/g)].map((match) => match[1] ?? ''),
      ),
    );
    const allowed = [...actionsOf('viewer'), ...actionsOf('operator')]
      .filter((action) => !action.startsWith('sagemaker-mlflow:') && action !== 'sagemaker:CallMlflowAppApi')
      .map((action) => action.split(':')[1]);
    // AddTags and PassRole are asked for by CreateJob; GetCallerIdentity is always allowed.
    const needed = [...commands, 'AddTags', 'PassRole']
      .filter((command) => command !== 'GetCallerIdentity')
      // The one command whose IAM action has another name.
      .map((command) => (command === 'Invoke' ? 'InvokeFunction' : command));
    expect(allowed.sort()).toEqual(needed.sort());
  });

  it('the viewer policy allows exactly what is asked of tracking servers', () => {
    const operations = filesOf('lib/server/mlflow', /\.ts$/).flatMap((file) =>
      [...read(file).matchAll(/\boperation: '(\w+)'/g)].map((match) => `sagemaker-mlflow:${match[1]}`),
    );
    const allowed = actionsOf('viewer').filter((action) => action.startsWith('sagemaker-mlflow:'));
    expect(allowed).toEqual([...new Set(operations)].sort());
  });

  it('the viewer policy changes nothing', () => {
    expect(
      actionsOf('viewer').filter(
        (action) =>
          !/:(List|Describe|BatchDescribe|Get|Filter|Lookup|Search|CallMlflowAppApi$|CreatePresignedMlflow|StartQuery$)/.test(
            action,
          ),
      ),
    ).toEqual([]);
  });

  it('the table of settings has every variable that is read, and no other', () => {
    const table = /## Settings([\s\S]*?)\n## /.exec(`${readme}\n## `)?.[1] ?? '';
    const listed = table
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map((match) => match[1] ?? ''));
    const server = [
      ...read('lib/server/env.ts').matchAll(
        /\b(?:CAIRN_|AWS_|MLFLOW_|SAGEMAKER_)[A-Z_]+\b|\b(?:HOST|PORT|DATABASE_URL)\b/g,
      ),
    ];
    const scripts = filesOf('scripts', /\.mjs$/).flatMap((file) => [
      ...read(file).matchAll(/process\.env\.(PYTHON|CHROMIUM_PATH)\b|readPort\('(\w+)'/g),
    ]);
    const found = new Set([...server.map((match) => match[0]), ...scripts.map((match) => match[1] ?? match[2] ?? '')]);
    // Read by the SDK, not by Cairn.
    const bySdk = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID'];
    expect(listed.filter((name) => !bySdk.includes(name)).sort()).toEqual([...found].sort());
  });

  it('names only files and folders that are there', () => {
    const named = [
      ...readme.matchAll(/`((?:app|components|lib|sandbox|e2e|bench|docs|tests|scripts)\/[\w./[\]-]*)`/g),
    ].map((m) => m[1] ?? '');
    const links = [...readme.matchAll(/\]\(((?!https?:)[^)#]+)/g)].map((match) => match[1] ?? '');
    const missing = [...named, ...links].filter((file) => !existsSync(path.join(ROOT, file)));
    expect(missing).toEqual([]);
  });
});
