import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { breaches, type Edge } from './import-law';

const ROOT = path.resolve(import.meta.dirname, '..');
const ROOMS = ['app', 'components', 'lib', 'sandbox', 'e2e', 'bench', 'tests', 'scripts'];

/** Every import of every source file, as paths from the project's root (packages by their name). */
function readEdges(): Edge[] {
  const edges: Edge[] = [];
  for (const room of ROOMS) {
    for (const file of sources(path.join(ROOT, room))) {
      const from = path.relative(ROOT, file);
      for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
        edges.push({ from, to: resolve(file, fileName) });
      }
    }
  }
  for (const file of ['instrumentation.ts', 'proxy.ts']) {
    const full = path.join(ROOT, file);
    if (!ts.sys.fileExists(full)) continue;
    for (const { fileName } of ts.preProcessFile(readFileSync(full, 'utf8')).importedFiles) {
      edges.push({ from: file, to: resolve(full, fileName) });
    }
  }
  return edges;
}

function sources(folder: string): string[] {
  if (!ts.sys.directoryExists(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(full);
    return /\.(ts|tsx|mts|mjs)$/.test(entry.name) ? [full] : [];
  });
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (specifier.startsWith('.')) return path.relative(ROOT, path.resolve(path.dirname(file), specifier));
  return `package:${specifier}`;
}

describe('import law', () => {
  it('every import stays inside what its room may use', () => {
    expect(breaches(readEdges())).toEqual([]);
  });

  it('catches what it forbids', () => {
    const wrong: Edge[] = [
      { from: 'components/jobs/a.tsx', to: 'lib/server/jobs/list-jobs' },
      { from: 'components/ui/a.tsx', to: 'lib/jobs/status' },
      { from: 'components/jobs/a.tsx', to: 'components/lineage/b' },
      { from: 'lib/jobs/a.ts', to: 'package:react' },
      { from: 'lib/server/jobs/a.ts', to: 'package:@aws-sdk/client-sagemaker' },
      { from: 'lib/server/aws/a.ts', to: 'package:drizzle-orm' },
      { from: 'lib/queries/a.ts', to: 'app/jobs/page' },
      { from: 'sandbox/cli.ts', to: 'lib/jobs/status' },
      { from: 'e2e/a.spec.ts', to: 'lib/server/env' },
    ];
    const right: Edge[] = [
      { from: 'lib/jobs/a.ts', to: 'lib/contract/jobs' },
      { from: 'app/api/jobs/route.ts', to: 'lib/server/jobs/list-jobs' },
    ];
    expect(breaches(wrong)).toHaveLength(wrong.length);
    expect(breaches(right)).toEqual([]);
  });
});
