import 'server-only';
import { getIdentity } from '../aws/identity';
import type { Deployment } from '../deployment';

interface Known {
  arn: Promise<string | undefined>;
  untilMs: number;
}

/** 5 min: credentials of a running server change rarely, and one call each time is one too many. */
const FRESH_MS = 300_000;

const known = new WeakMap<Deployment, Map<string, Known>>();

/**
 * Who acts, for the log: the ARN of the server's AWS credentials (Cairn has no sign-in of its own). Undefined when AWS
 * does not say; an action never waits for it longer than one call, and never fails by it.
 */
export async function whoActs(d: Deployment, region: string): Promise<string | undefined> {
  const regions = known.get(d) ?? new Map<string, Known>();
  known.set(d, regions);
  const kept = regions.get(region);
  if (kept && kept.untilMs > Date.now()) return kept.arn;
  const arn = getIdentity(d.aws(region)).then(
    (identity) => identity.arn,
    () => {
      regions.delete(region);
      return undefined;
    },
  );
  regions.set(region, { arn, untilMs: Date.now() + FRESH_MS });
  return arn;
}
