import type { LineageLane } from '../lib/contract/lineage';
import { buildGraph, type LineageJob } from '../lib/lineage/build-graph';
import { layoutLanes } from '../lib/lineage/layout';
import { prepareGraph } from '../lib/lineage/prepare-graph';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 1);
const ROUNDS = 20;

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

/** Milliseconds to place and prepare so many jobs, the round least disturbed; one scale, as when a job is added. */
export function measureLayout(count: number): number {
  const lanes = makeLanes(count);
  const times = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    const layout = layoutLanes(lanes, { axis: 'time', nowMs: START_MS + 1e12, scale: 40 / HOUR_MS });
    prepareGraph(layout);
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}
