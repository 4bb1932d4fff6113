import 'server-only';
import { AppError } from '../../contract/app-error';
import { isLoopbackHost } from '../../shared/loopback';

interface HostFacts {
  /** The address the server listens on; undefined when it is not known. */
  boundHost: string | undefined;
  /** CAIRN_ALLOWED_HOSTS: names without port. */
  allowedHosts: readonly string[];
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Refuses a request that names a host this server does not go by: a foreign page whose name was pointed at this machine
 * (DNS rebinding) would otherwise pass as same-origin. A server that listens to the outside without a list of names
 * answers to all of them; one whose address is unknown is treated as local. Throws `host_not_allowed`.
 */
export function checkHost(host: string | null, facts: HostFacts): void {
  const name = hostName(host);
  const open = facts.boundHost !== undefined && !isLoopbackHost(facts.boundHost) && facts.allowedHosts.length === 0;
  if (name !== undefined) {
    if (open || LOOPBACK_NAMES.has(name)) return;
    if (facts.boundHost !== undefined && name === facts.boundHost.toLowerCase()) return;
    if (facts.allowedHosts.some((allowed) => allowed.toLowerCase() === name)) return;
  }
  throw new AppError('host_not_allowed', 'This server does not answer to the host name of the request.', {
    hint: 'Open it as 127.0.0.1 or localhost, or list its names in CAIRN_ALLOWED_HOSTS.',
    field: 'host',
  });
}

/** The name in a Host header, without port and brackets, in lower case. */
function hostName(host: string | null): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:/@\s]+))(?::\d{1,5})?$/i.exec(host ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}
