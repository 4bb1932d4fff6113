import 'server-only';

/**
 * One run at a time per key: who comes while it runs gets the same promise, with `joined` true. Kept per owner, so that
 * two deployments in one process (tests) do not meet. Only for this process; the ledger covers the rest.
 */
export function createInFlight<Owner extends object, Result>() {
  const owners = new WeakMap<Owner, Map<string, Promise<Result>>>();
  return (owner: Owner, key: string, run: () => Promise<Result>): { result: Promise<Result>; joined: boolean } => {
    const running = owners.get(owner) ?? new Map<string, Promise<Result>>();
    owners.set(owner, running);
    const known = running.get(key);
    if (known) return { result: known, joined: true };
    const result = run().finally(() => running.delete(key));
    running.set(key, result);
    return { result, joined: false };
  };
}
