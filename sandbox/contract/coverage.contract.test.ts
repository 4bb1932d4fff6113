import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../services/registry';

/** The operations a COVERAGE.md lists: under `## <service>`, every table row that begins with a name in backticks. */
function listed(markdown: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let names: string[] = [];
  for (const line of markdown.split('\n')) {
    const heading = /^## (\w+)$/.exec(line);
    if (heading) {
      names = [];
      sections.set(heading[1] ?? '', names);
    }
    const row = /^\| `(\w+)` +\|/.exec(line);
    if (row) names.push(row[1] ?? '');
  }
  return sections;
}

describe('COVERAGE.md', () => {
  const sections = listed(readFileSync(new URL('../COVERAGE.md', import.meta.url), 'utf8'));

  it.each(SERVICES.map((service) => [service.name, service] as const))(
    'lists every operation of %s, and none that is not there',
    (name, service) => {
      const emulated = service.kind === 'json' ? Object.keys(service.operations) : service.operations;
      expect([...(sections.get(name) ?? [])].sort()).toEqual([...emulated].sort());
    },
  );
});
