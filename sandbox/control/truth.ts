import type { Sandbox } from '../sandbox';
import { isVisible, stateAt, transitionsAt } from '../world/job-state';
import { tokensAt } from '../world/tokens';

/**
 * The complete truth of a region as JSON text in pieces: every job, and every package with the job and step that made it.
 * Written piece by piece because a year of packages does not fit comfortably in one string.
 */
export function* truthPieces(sandbox: Sandbox, regionName: string): Generator<string> {
  const now = sandbox.clock.now();
  const region = sandbox.world.region(regionName);
  yield `{"region":${JSON.stringify(regionName)},"now":"${new Date(now).toISOString()}","jobs":[`;
  let first = true;
  for (const job of region.jobsByTime()) {
    if (!isVisible(job, now)) continue;
    const state = stateAt(job, now);
    const text = JSON.stringify({
      name: job.name,
      category: job.category,
      status: state.jobStatus,
      secondaryStatus: state.secondaryStatus,
      creationTime: new Date(job.createdAt).toISOString(),
      ...(state.endTime !== undefined && { endTime: new Date(state.endTime).toISOString() }),
      transitions: transitionsAt(job, now).length,
      parent: job.parent ? { kind: job.parent.kind, job: job.parent.job?.name ?? null, step: job.parent.step } : null,
      tokens: tokensAt(job, now),
    });
    yield first ? text : `,${text}`;
    first = false;
  }
  yield '],"packages":[';
  first = true;
  for (const group of region.groups.values()) {
    const count = group.versionCount(now);
    let piece = '';
    for (let version = 1; version <= count; version++) {
      const row = group.row(version, now);
      if (!row) continue;
      const kind = row.kind === 'promoted' ? 'model' : row.kind;
      const text = JSON.stringify([
        group.name,
        version,
        kind,
        row.job?.name ?? null,
        row.job?.category ?? null,
        row.job ? row.step : null,
      ]);
      piece += first ? text : `,${text}`;
      first = false;
      if (piece.length > 65_536) {
        yield piece;
        piece = '';
      }
    }
    yield piece;
  }
  yield ']}';
}
