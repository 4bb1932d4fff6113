import { describe, expect, it } from 'vitest';
import { jobStatusFacts, secondaryStatusFacts, shownStatus, statusesOfGroup, statusGroup } from './status';

describe('status words', () => {
  it('a word never met is shown as it came and is not final', () => {
    expect(jobStatusFacts('Hibernating')).toEqual({ label: 'Hibernating', tone: 'unknown', final: false });
    expect(secondaryStatusFacts('toString')).toEqual({ label: 'toString', tone: 'unknown', final: false });
  });

  it('a running job shows its phase', () => {
    expect(shownStatus('InProgress', 'Downloading').label).toBe('Downloading');
    expect(shownStatus('InProgress', 'Training')).toEqual({ label: 'Running', tone: 'running', final: false });
    expect(shownStatus('InProgress', 'Failed').final).toBe(false);
  });

  it('a stop by the clock is told from a stop by hand', () => {
    expect(shownStatus('Stopped', 'MaxRuntimeExceeded').label).toBe('Max runtime exceeded');
    expect(shownStatus('Stopped', 'Stopped').label).toBe('Stopped');
  });

  it('every known word is in exactly one filter group', () => {
    expect(statusesOfGroup('running')).toEqual(['InProgress', 'Stopping']);
    expect(statusesOfGroup('unknown')).toEqual([]);
    expect(statusGroup('Hibernating')).toBe('unknown');
    expect(statusGroup('MaxRuntimeExceeded')).toBe('unknown');
  });
});
