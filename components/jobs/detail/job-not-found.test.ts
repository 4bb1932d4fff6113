import { describe, expect, it } from 'vitest';
import { whyNot } from './job-not-found';

describe('whyNot', () => {
  it.each([
    [
      'Training',
      'a',
      'This address names no job',
      '“Training” is no kind of job. It must be AgentRFT or AgentRFTEvaluation.',
    ],
    [
      'AgentRFT',
      'a_b',
      'This address names no job',
      '“a_b” cannot be a job name: it must be letters, digits and inner hyphens (1 to 63 characters).',
    ],
    [
      'AgentRFT',
      `${'x'.repeat(90)}`,
      'This address names no job',
      `“${'x'.repeat(80)}…” cannot be a job name: it must be at most 63 characters.`,
    ],
    [
      'AgentRFT',
      'gone',
      'No such job',
      'gone is neither in the catalog nor in AWS (AgentRFT, us-west-2). It may be in another region or account, or it was deleted before Cairn met it.',
    ],
  ])('%s/%s: %s', (category, name, title, text) => {
    expect(whyNot(category, name, 'us-west-2')).toEqual({ title, text });
  });
});
