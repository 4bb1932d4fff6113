import { type AwsError, internalFailure, throttled } from './protocol/aws-error';
import { unitAt } from './rng';

export const FAULT_KINDS = ['throttle', 'error', 'delay', 'broken-body', 'access-denied', 'hang'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One injected fault. Rules are tried in order; the first that applies and is drawn decides. */
export interface FaultRule {
  /** `ListJobs`, `SageMaker.ListJobs`, `SageMaker.*` or `*`. */
  operation: string;
  kind: FaultKind;
  /** Share of calls it strikes, 0 to 1; 1 when absent. */
  rate?: number;
  /** For `delay`: real milliseconds. */
  delayMs?: number;
  /** Strikes at most this often. */
  times?: number;
  region?: string;
  /** The operation is performed first, then its answer is replaced: the case of the answer that never came. */
  afterEffect?: boolean;
}

/** Draws faults from the seed: the n-th call of a rule is always struck or always spared. */
export class Faults {
  private rules: Array<{ rule: FaultRule; seen: number; struck: number }> = [];

  constructor(private seed: number) {}

  /** Replaces all rules. */
  set(rules: readonly FaultRule[], seed = this.seed): void {
    this.seed = seed;
    this.rules = rules.map((rule) => ({ rule, seen: 0, struck: 0 }));
  }

  list(): FaultRule[] {
    return this.rules.map(({ rule }) => rule);
  }

  /** The fault that strikes this call, or undefined. */
  draw(service: string, operation: string, region: string | undefined): FaultRule | undefined {
    for (const [i, entry] of this.rules.entries()) {
      const { rule } = entry;
      if (!['*', operation, `${service}.*`, `${service}.${operation}`].includes(rule.operation)) continue;
      if (rule.region !== undefined && rule.region !== region) continue;
      if (rule.times !== undefined && entry.struck >= rule.times) continue;
      entry.seen += 1;
      if (unitAt(this.seed, 71, i, entry.seen) >= (rule.rate ?? 1)) continue;
      entry.struck += 1;
      return rule;
    }
    return undefined;
  }
}

/** The error a fault answers with; undefined for kinds that are not errors. */
export function faultError(kind: FaultKind, deny: () => AwsError): AwsError | undefined {
  if (kind === 'throttle') return throttled();
  if (kind === 'error') return internalFailure();
  return kind === 'access-denied' ? deny() : undefined;
}
