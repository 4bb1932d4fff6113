import type { LineageMark, MarkRole } from '../contract/lineage';

/** A step of a job that stands out, and why. */
export class Standouts {
  private readonly steps = new Map<number, Set<MarkRole>>();
  private readonly scores = new Map<number, number>();

  add(step: number, role: MarkRole): void {
    const roles = this.steps.get(step) ?? new Set();
    roles.add(role);
    this.steps.set(step, roles);
  }

  /** The highest score any evaluation of the step gave. */
  addScore(step: number, score: number): void {
    this.scores.set(step, Math.max(this.scores.get(step) ?? Number.NEGATIVE_INFINITY, score));
  }

  list(): { step: number; roles: MarkRole[]; score?: number }[] {
    return [...this.steps]
      .sort(([a], [b]) => a - b)
      .map(([step, roles]) => {
        const score = this.scores.get(step);
        return { step, roles: [...roles], ...(score !== undefined && { score }) };
      });
  }
}

export interface StoredPackage {
  step: number;
  group: string;
  version: number;
  kind: 'resumable' | 'model' | 'unknown';
  createdAt: Date;
}

/**
 * Marks of one job from its standing-out steps and the packages found there. A step whose packages are gone is no mark.
 * Of two packages of one kind (the second promoted) the first is the twin.
 */
export function toMarks(standouts: Standouts, packages: readonly StoredPackage[]): LineageMark[] {
  const byStep = new Map<number, StoredPackage[]>();
  for (const each of packages) byStep.set(each.step, [...(byStep.get(each.step) ?? []), each]);
  return standouts.list().flatMap(({ step, roles, score }) => {
    const found = byStep.get(step);
    const [first] = found ?? [];
    if (!found || !first) return [];
    const of = (kind: StoredPackage['kind']) => {
      const one = found.find((each) => each.kind === kind);
      return one && { group: one.group, version: one.version };
    };
    const latest = found.reduce((last, { createdAt }) => Math.max(last, createdAt.getTime()), 0);
    return [
      {
        step,
        roles,
        creationTime: new Date(latest).toISOString(),
        resumable: of('resumable'),
        model: of('model'),
        unknown: of('unknown'),
        ...(score !== undefined && { score }),
      },
    ];
  });
}
