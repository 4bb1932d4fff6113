import { unitAt } from '../../../rng';
import type { Job } from '../../../world/types';

/** Where AWS keeps what it does not document; jobs differ, so that readers look everywhere. */
export interface TraceQuirks {
  rewardPlace: 'tag' | 'metadata' | 'attribute' | 'assessment';
  stepPlace: 'metadata' | 'tag' | 'attribute';
  /** Whether a trace names its run; without that, only experiment and time lead to it. */
  namesRun: boolean;
  /** Spans kept as an artifact are not part of the 3.0 answer. */
  spansLocation: 'TRACKING_STORE' | 'ARTIFACT_REPO';
}

export function traceQuirksOf(job: Job): TraceQuirks {
  const u = (n: number) => unitAt(job.key, 311, n);
  const places = ['tag', 'metadata', 'attribute', 'assessment'] as const;
  return {
    rewardPlace: places[Math.floor(u(1) * places.length)] ?? 'tag',
    stepPlace: u(2) < 0.5 ? 'metadata' : u(2) < 0.8 ? 'tag' : 'attribute',
    namesRun: u(3) < 0.88,
    spansLocation: u(4) < 0.7 ? 'TRACKING_STORE' : 'ARTIFACT_REPO',
  };
}
