import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error';
import { boundHost } from './bound-host';
import { checkHost } from './host-check';
import { findPageAddressProblem } from './page-address';
import { problemPage } from './problem-page';
import { guardChange, readOnlyReason } from './read-only';
import { checkSameOrigin } from './same-origin';
import { pageContentSecurityPolicy } from './security-headers';

const passes = (check: () => void): string => {
  try {
    check();
    return 'passes';
  } catch (error) {
    return error instanceof AppError ? error.code : 'crashed';
  }
};

describe('the host a request names', () => {
  const local = { boundHost: '127.0.0.1', allowedHosts: [] };
  it.each([
    ['127.0.0.1:3000', 'passes'],
    ['localhost', 'passes'],
    ['LOCALHOST:1', 'passes'],
    ['[::1]:3000', 'passes'],
    ['evil.example:3000', 'host_not_allowed'],
    ['localhost.evil.example', 'host_not_allowed'],
    ['127.0.0.1.evil.example', 'host_not_allowed'],
    ['127.0.0.1@evil.example', 'host_not_allowed'],
    ['evil.example/127.0.0.1', 'host_not_allowed'],
    ['0.0.0.0:3000', 'host_not_allowed'],
    ['', 'host_not_allowed'],
    [null, 'host_not_allowed'],
  ])('%s at a local server: %s', (host, outcome) => {
    expect(passes(() => checkHost(host, local))).toBe(outcome);
    expect(passes(() => checkHost(host, { ...local, boundHost: undefined }))).toBe(outcome);
  });

  it('is free at a server that listens to the outside, until names are listed', () => {
    const open = { boundHost: '0.0.0.0', allowedHosts: [] };
    expect(passes(() => checkHost('cairn.example', open))).toBe('passes');
    const listed = { boundHost: '10.0.0.5', allowedHosts: ['Cairn.example'] };
    expect(passes(() => checkHost('cairn.example:443', listed))).toBe('passes');
    expect(passes(() => checkHost('10.0.0.5:3000', listed))).toBe('passes');
    expect(passes(() => checkHost('other.example', listed))).toBe('host_not_allowed');
  });
});

describe('where a change comes from', () => {
  const from = (headers: Record<string, string>, method = 'POST') =>
    passes(() => checkSameOrigin(method, new Headers({ host: 'localhost:3000', ...headers })));

  it('our own pages may', () => {
    expect(from({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })).toBe('passes');
    expect(from({ origin: 'http://localhost:3000' })).toBe('passes');
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'http://localhost:3001', 'sec-fetch-site': 'same-site' },
    { origin: 'http://localhost:3001' },
    { origin: 'null' },
    { origin: 'file://' },
    { origin: 'nonsense' },
    { origin: 'ftp://localhost:3000' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example', 'x-cairn-client': 'trick' },
    { 'sec-fetch-site': 'cross-site', 'x-cairn-client': 'trick' },
    {},
  ])('another may not: %o', (headers) => {
    expect(from(headers)).toBe('cross_origin');
    expect(from(headers, 'DELETE')).toBe('cross_origin');
    expect(from(headers, 'GET')).toBe('passes');
  });

  it('a program may, when it says that it is one', () => {
    expect(from({ 'x-cairn-client': 'curl' })).toBe('passes');
  });
});

describe('whether changes are open', () => {
  const KEY = Symbol.for('cairn.boundHost');
  const set = (value: unknown) => Object.assign(globalThis, { [KEY]: value });
  afterEach(() => set(undefined));

  it('is told in one sentence when they are not', () => {
    expect(readOnlyReason({ readOnly: false, boundHost: '127.0.0.1' })).toBeUndefined();
    expect(readOnlyReason({ readOnly: false, boundHost: '::1' })).toBeUndefined();
    expect(readOnlyReason({ readOnly: true, boundHost: '127.0.0.1' })).toContain('CAIRN_READ_ONLY=1');
    expect(readOnlyReason({ readOnly: false, boundHost: '0.0.0.0' })).toContain('0.0.0.0');
    expect(readOnlyReason({ readOnly: false, boundHost: '::' })).toContain('no sign-in');
    expect(readOnlyReason({ readOnly: false, boundHost: undefined })).toContain('npm start');
  });

  it('follows the address that is really listened on, and trusts nothing else', () => {
    expect(passes(() => guardChange({ readOnly: false }))).toBe('read_only');
    set('127.0.0.1');
    expect(boundHost()).toBe('127.0.0.1');
    expect(passes(() => guardChange({ readOnly: false }))).toBe('passes');
    expect(passes(() => guardChange({ readOnly: true }))).toBe('read_only');
    for (const other of ['0.0.0.0', '192.168.1.4', '127.0.0.1.evil.example', 'example', '', 127]) {
      set(other);
      expect(passes(() => guardChange({ readOnly: false }))).toBe('read_only');
    }
  });
});

describe('the address of a page', () => {
  it.each([
    ['/us-west-2/jobs', undefined],
    ['/us-west-2/jobs/AgentRFT/my-job/logs', undefined],
    ['/us-west-2/jobs/AgentRFT/my%2Djob', undefined],
    ['/us-west-2/checkpoints/group/12', undefined],
    ['/nowhere/else', undefined],
    ['/', undefined],
    ['/Nowhere/jobs', 'region'],
    ['/us-west-2/jobs/Training/my-job', 'category'],
    ['/us-west-2/jobs/AgentRFT/-my-job', 'name'],
    ['/us-west-2/jobs/AgentRFT/%3Cscript%3E', 'name'],
    ['/us-west-2/jobs/AgentRFT/a%00b', 'name'],
    ['/us-west-2/jobs/AgentRFT/%E0%A4%A', 'name'],
    [`/us-west-2/jobs/AgentRFT/${'a'.repeat(64)}`, 'name'],
    ['/us-west-2/checkpoints/group/0', 'version'],
    ['/us-west-2/checkpoints/group/1e99', 'version'],
    ['/us-west-2/checkpoints/-/1', 'group'],
  ])('%s: wrong in %s', (pathname, field) => {
    expect(findPageAddressProblem(pathname)?.field).toBe(field);
  });

  it('is never drawn as markup when it is wrong', () => {
    const page = problemPage(new AppError('bad_request', '<b>"x"</b> & \'y\'', { hint: '<i>' }), 'abc');
    expect(page).toContain('&lt;b&gt;&quot;x&quot;&lt;/b&gt; &amp; &#39;y&#39;');
    expect(page).toContain('<p>&lt;i&gt;</p>');
    expect(page).not.toMatch(/<(b|i|script)>/);
  });
});

describe('the policy of a page', () => {
  it('lets no script run without the nonce of this answer, and no code from text', () => {
    const policy = pageContentSecurityPolicy('abc', false);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline');
    for (const rule of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy.split('; ')).toContain(rule);
    }
  });
});
