import type { LineageLane } from '../lib/contract/lineage';
import { buildGraph, type LineageJob } from '../lib/lineage/build-graph';
import { layoutLanes } from '../lib/lineage/layout';
import { prepareGraph } from '../lib/lineage/prepare-graph';
import { quantile } from './statistics';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 1);
const ROUNDS = 25;
const WARM_UPS = 10;

/** A made-up account: every tenth job is a root, the others go on from one of the fifty before them. */
function makeLanes(count: number): LineageLane[] {
  let random = 1;
  const next = () => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) & 0x7fffffff;
    return random / 0x80000000;
  };
  const jobs = Array.from({ length: count }, (_, index): LineageJob => {
    const parent = index - 1 - Math.floor(next() * Math.min(50, index));
    const hasParent = index % 10 !== 0;
    return {
      id: `AgentRFT/job-${index}`,
      jobCategory: 'AgentRFT',
      createdMs: START_MS + index * 2 * HOUR_MS,
      ...(hasParent && {
        input: { kind: 'iterate', packageArn: 'arn', seen: true, maker: `AgentRFT/job-${parent}`, step: 50 },
      }),
    };
  });
  return buildGraph(jobs).map(({ job, parent, stepOffset, children }) => ({
    id: job.id,
    jobCategory: 'AgentRFT',
    jobName: job.id.slice('AgentRFT/'.length),
    jobStatus: 'Completed',
    secondaryStatus: 'Completed',
    creationTime: new Date(job.createdMs).toISOString(),
    endTime: new Date(job.createdMs + 5 * HOUR_MS).toISOString(),
    ...(parent && { parent: { kind: 'iterate' as const, packageArn: 'arn', lane: parent.job.id, step: 50 } }),
    stepOffset,
    firstStep: 0,
    lastStep: 100,
    checkpoints: { resumable: 100, model: 100 },
    marks: [
      { step: 50, creationTime: new Date(job.createdMs + 2.5 * HOUR_MS).toISOString(), roles: ['branch'] },
      { step: 100, creationTime: new Date(job.createdMs + 5 * HOUR_MS).toISOString(), roles: ['end'] },
    ],
    hasChildren: children.length > 0,
  }));
}

/**
 * Milliseconds to place and prepare an account of so many jobs, and of twice as many, and how they compare. Rounds of
 * both take turns after a warm-up, and the middle of their ratios counts: a burst of other work strikes both alike, and
 * code that is not yet compiled strikes neither. One scale, as when a job is added.
 */
export function measureLayout(count: number): { onceMs: number; twiceMs: number; ratio: number } {
  const [once, twice] = [makeLanes(count), makeLanes(2 * count)];
  for (let i = 0; i < WARM_UPS; i += 1) {
    placeMs(once);
    placeMs(twice);
  }
  const rounds = Array.from({ length: ROUNDS }, () => ({ onceMs: placeMs(once), twiceMs: placeMs(twice) }));
  const middle = (of: (round: (typeof rounds)[number]) => number) => quantile(rounds.map(of), 0.5);
  return {
    onceMs: middle(({ onceMs }) => onceMs),
    twiceMs: middle(({ twiceMs }) => twiceMs),
    ratio: middle(({ onceMs, twiceMs }) => twiceMs / onceMs),
  };
}

function placeMs(lanes: readonly LineageLane[]): number {
  const startedAt = performance.now();
  prepareGraph(layoutLanes(lanes, { axis: 'time', nowMs: START_MS + 1e12, scale: 40 / HOUR_MS }));
  return performance.now() - startedAt;
}
