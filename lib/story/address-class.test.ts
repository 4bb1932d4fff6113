import { expect, it } from 'vitest';
import { addressClass } from './address-class';

it.each([
  ['169.254.169.254', 'metadata'],
  ['::ffff:169.254.169.254', 'metadata'],
  ['[::ffff:a9fe:a9fe]', 'metadata'],
  ['fd00:ec2::254', 'metadata'],
  ['fe80::1%eth0', 'metadata'],
  ['127.0.0.1', 'private'],
  ['10.1.2.3', 'private'],
  ['172.31.0.1', 'private'],
  ['192.168.0.1', 'private'],
  ['100.64.0.1', 'private'],
  ['::1', 'private'],
  ['fd12::1', 'private'],
  ['172.32.0.1', 'public'],
  ['203.0.113.9', 'public'],
  ['2600:1f18::1', 'public'],
])('%s is %s', (address, expected) => {
  expect(addressClass(address)).toBe(expected);
});
