import 'server-only';
import { AppError } from '../../contract/app-error';
import { isLoopbackHost } from '../../shared/loopback';
import { boundHost } from './bound-host';

interface ReadOnlyFacts {
  /** CAIRN_READ_ONLY=1. */
  readOnly: boolean;
  /** The address the server listens on; undefined when it is not known. */
  boundHost: string | undefined;
}

/** Why nothing may be changed through this server, one sentence for the screen; undefined when changes are open. */
export function readOnlyReason(facts: ReadOnlyFacts): string | undefined {
  if (facts.readOnly) return 'Changes are switched off by CAIRN_READ_ONLY=1.';
  if (facts.boundHost === undefined) {
    return 'Changes are off because Cairn cannot tell which address it listens on. Start it with npm start.';
  }
  if (!isLoopbackHost(facts.boundHost)) {
    return `Changes are off because the server listens on ${facts.boundHost}, where others reach it, and has no sign-in yet. Start it without HOST to make changes from this machine.`;
  }
  return undefined;
}

/** Refuses a change with `read_only` and the reason, before anything else is looked at. */
export function guardChange(settings: { readOnly: boolean }): void {
  const reason = readOnlyReason({ readOnly: settings.readOnly, boundHost: boundHost() });
  if (reason) throw new AppError('read_only', reason);
}
