import { describe, expect, it } from 'vitest';
import { AccountBuilder, type JobWish } from '../scenarios/account-builder';
import { lifeOf } from './life';
import { lastLogTime, logBegins, logLines, logStreams } from './log-lines';
import { World } from './world';

const START = Date.UTC(2026, 10, 1, 9);

function train(more: Partial<JobWish> = {}) {
  const builder = new AccountBuilder(new World(1), 'us-west-2', START);
  const hyperparameters = { global_batch_size: 32, max_steps: 20 };
  return builder.train({ name: 'demo-job', createdAt: START, hyperparameters, ...more });
}

const all = (job: ReturnType<typeof train>) => logLines(job, 0, lifeOf(job).endTime + 1);

describe('the job log', () => {
  it('is written in order, into streams below the job name', () => {
    const job = train();
    const lines = all(job);
    for (let i = 1; i < lines.length; i++)
      expect(lines[i]?.timestamp).toBeGreaterThanOrEqual(lines[i - 1]?.timestamp ?? 0);
    expect(logStreams(job).every((name) => name.startsWith('demo-job/'))).toBe(true);
    expect(new Set(lines.map((line) => line.stream))).toEqual(new Set(logStreams(job)));
  });

  it('is the same lines whether read whole or in parts', () => {
    const job = train({ outages: [{ afterStep: 4, interruptedMs: 300_000, restartingMs: 60_000 }] });
    const whole = all(job);
    const parts = [];
    for (let t = START; t <= lifeOf(job).endTime; t += 7 * 60_000)
      parts.push(...logLines(job, t, Math.min(t + 7 * 60_000, lifeOf(job).endTime + 1)));
    expect(parts).toEqual(whole);
  });

  it('begins some time after the job and holds nothing before', () => {
    const job = train();
    expect(logLines(job, 0, logBegins(job))).toEqual([]);
    expect(lastLogTime(job, logBegins(job) - 1)).toBeUndefined();
    expect(lastLogTime(job, lifeOf(job).endTime)).toBe(all(job).at(-1)?.timestamp);
  });

  it('names the cause of a failure before its symptom', () => {
    const reason = 'The agent signaled that the trajectory failed';
    const job = train({
      ending: { kind: 'failed', during: 'Training', afterStep: 9, reason, story: 'agent-timeouts' },
    });
    const errors = all(job).filter((line) => line.message.includes(' ERROR '));
    expect(errors[0]?.message).toContain('connection pool exhausted');
    expect(errors.at(-1)?.message).toContain(reason);
    expect(errors.some((line) => line.message.includes('Traceback'))).toBe(true);
    expect(errors.at(-1)?.timestamp).toBeLessThan(lifeOf(job).endTime);
  });

  it('says nothing of steps that did not happen', () => {
    const ending = { kind: 'stopped', afterStep: 5, fraction: 0.5 } as const;
    const text = all(train({ ending }))
      .map((line) => line.message)
      .join('\n');
    expect(text).toContain('step 6/20: collecting');
    expect(text).not.toContain('step 7/20');
    expect(text).not.toContain('step 6: policy updated');
  });

  it('warns around a collapse', () => {
    const job = train({ hyperparameters: { global_batch_size: 32, max_steps: 40, learning_rate: 5e-4 } });
    expect(all(job).some((line) => line.message.includes('policy may be diverging'))).toBe(true);
  });
});
