/**
 * The safety lock of every browser test and benchmark: throws unless the endpoint is plain HTTP on the loopback address,
 * so that no test can ever reach an account, whatever the environment says.
 */
export function assertSandbox(endpointUrl: string): void {
  const { protocol, hostname } = new URL(endpointUrl);
  if (protocol === 'http:' && hostname === '127.0.0.1') return;
  throw new Error(`refusing to test against ${endpointUrl}: only a sandbox on http://127.0.0.1 is allowed`);
}
