import 'server-only';
import { AppError } from '../../contract/app-error';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Programs that are no browser name themselves in this header; a page of another site cannot set it unasked. */
export const CLIENT_HEADER = 'x-cairn-client';

/**
 * Refuses a request that changes something unless it comes from Cairn's own pages, or from a program that says so.
 * Browsers tell where a request was made: `Sec-Fetch-Site` must be `same-origin` and `Origin` must be this host. A
 * request with neither (curl, a script) must carry `x-cairn-client`, which a foreign page could only send after a
 * preflight that is never answered. Throws `cross_origin`.
 */
export function checkSameOrigin(method: string, headers: Headers): void {
  if (SAFE_METHODS.has(method.toUpperCase())) return;
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') throw refused();
  if (origin !== null && hostOf(origin) !== headers.get('host')?.toLowerCase()) throw refused();
  if (origin === null && site === null && !headers.get(CLIENT_HEADER)) {
    throw new AppError('cross_origin', 'The request does not say where it comes from.', {
      hint: `Programs send the header ${CLIENT_HEADER} with their name.`,
      field: CLIENT_HEADER,
    });
  }
}

function refused(): AppError {
  return new AppError('cross_origin', 'A page of another site asked for a change; it was refused.', {
    hint: 'Make the change from Cairn’s own pages.',
    field: 'origin',
  });
}

/** `host:port` of an Origin header; the default port is left out, as it is in Host. Undefined for `null` and nonsense. */
function hostOf(origin: string): string | undefined {
  try {
    const url = new URL(origin);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.host : undefined;
  } catch {
    return undefined;
  }
}
