import type { lookup } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkHealth } from './health-check';

describe('the health check of a custom agent', () => {
  it.each([
    ['http://169.254.169.254/latest/meta-data', 'metadata'],
    ['http://[::ffff:169.254.169.254]/', 'metadata'],
    ['http://elsewhere.example.com/health', 'may not ask'],
    ['file:///etc/passwd', 'Only http'],
    ['nonsense', 'no address'],
  ])('refuses %s', async (url, words) => {
    const check = await checkHealth(url, ['169.254.169.254', '[::ffff:a9fe:a9fe]']);
    expect(check.state).toBe('could-not');
    expect(check.evidence).toContain(words);
  });

  it('asks a host that was allowed and follows no redirect', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/health') response.end('{"status":"ok"}');
      else response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    expect(await checkHealth(`http://127.0.0.1:${port}/health`, ['127.0.0.1'])).toMatchObject({ state: 'pass' });
    expect((await checkHealth(`http://127.0.0.1:${port}/away`, ['127.0.0.1'])).evidence).toContain('redirect');
    await new Promise((done) => server.close(done));
  });

  it('connects to the address it looked at, and refuses a name that stands for the metadata service', async () => {
    let asked = 0;
    const server = createServer((_, response) => response.end('{"status":"ok"}'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    // A name that changes its mind: harmless when asked first, the metadata service from then on.
    const rebinding = ((_name: string, options: { all?: boolean }, done: (...answer: unknown[]) => void) => {
      asked += 1;
      const address = asked === 1 ? '127.0.0.1' : '169.254.169.254';
      if (options.all) done(null, [{ address, family: 4 }]);
      else done(null, address, 4);
    }) as unknown as typeof lookup;
    const url = `http://agent.example.com:${port}/health`;
    expect(await checkHealth(url, ['agent.example.com'], rebinding)).toMatchObject({ state: 'pass' });
    expect(asked).toBe(1);
    const second = await checkHealth(url, ['agent.example.com'], rebinding);
    expect(second).toMatchObject({ state: 'could-not', evidence: expect.stringContaining('metadata service') });
    await new Promise((done) => server.close(done));
  });
});
