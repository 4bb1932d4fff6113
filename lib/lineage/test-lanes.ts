import type { LineageLane } from '../contract/lineage';

/** For tests: a lane of so many minutes, with sensible facts for everything that is not said. */
export function testLane(
  name: string,
  facts: Partial<LineageLane> & { startMin: number; minutes?: number },
): LineageLane {
  const { startMin, minutes, ...rest } = facts;
  const created = Date.UTC(2026, 5, 1) + startMin * 60_000;
  const category = rest.jobCategory ?? 'AgentRFT';
  return {
    id: `${category}/${name}`,
    jobCategory: category,
    jobName: name,
    jobStatus: minutes === undefined ? 'InProgress' : 'Completed',
    secondaryStatus: minutes === undefined ? 'Training' : 'Completed',
    creationTime: new Date(created).toISOString(),
    ...(minutes !== undefined && { endTime: new Date(created + minutes * 60_000).toISOString() }),
    stepOffset: 0,
    firstStep: 0,
    lastStep: 10,
    checkpoints: { resumable: 10, model: 10 },
    marks: [],
    hasChildren: false,
    ...rest,
  };
}

/** When the tests' time is up: after every lane they make. */
export const TEST_NOW_MS = Date.UTC(2027, 0, 1);
