import 'server-only';

/** For JSON and events: should a browser ever be talked into showing one as a page, nothing in it runs. */
export const API_CONTENT_SECURITY_POLICY =
  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * The policy of a page. Scripts and style sheets run with this answer's nonce only; what such a script loads itself
 * is trusted (`strict-dynamic`, how Next loads its chunks). `style` attributes are open, since the components set
 * sizes and colours that way and an attribute can hold no selector and no script. `development` opens what React's
 * error overlay and hot reload need, and nothing else.
 */
export function pageContentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
}
