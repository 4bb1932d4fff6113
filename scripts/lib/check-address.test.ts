import { describe, expect, it } from 'vitest';
import { findAddressProblem, MAX_ADDRESS_LENGTH } from './check-address.mjs';

describe('addresses', () => {
  it.each(['/', '/us-west-2/jobs?q=a%20b&status=failed,running', '/a?x=%E2%82%AC', '/a?flag', '/a?', '/caf%C3%A9'])(
    '%s is read',
    (address) => {
      expect(findAddressProblem(address)).toBeUndefined();
    },
  );

  it.each([
    ['*', 'path'],
    ['http://other.example/', 'path'],
    ['/%E0%A4%A', 'path'],
    ['/%', 'path'],
    ['/a%00b', 'path'],
    ['/a?q=%zz', 'q'],
    ['/a?x=1&%=2', 'query'],
    [`/a?sort=name&q=${'x'.repeat(1_000_000)}`, 'q'],
    [`/${'x'.repeat(MAX_ADDRESS_LENGTH)}`, 'path'],
    [`/a?${'x'.repeat(MAX_ADDRESS_LENGTH)}`, 'query'],
  ])('the problem of %.20s lies in %s', (address, field) => {
    expect(findAddressProblem(address)?.field).toBe(field);
  });

  it('the message of an overlong address does not repeat it', () => {
    expect(findAddressProblem(`/a?q=${'x'.repeat(1_000_000)}`)?.message.length).toBeLessThan(200);
  });
});
