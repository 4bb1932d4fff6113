import { expect, it } from 'vitest';
import { isLoopbackHost, isLoopbackUrl } from './loopback';

it.each(['127.0.0.1', '127.8.8.8', '::1', '[::1]', 'LOCALHOST', '::ffff:127.0.0.1'])('%s is this machine', (host) => {
  expect(isLoopbackHost(host)).toBe(true);
});

it.each(['0.0.0.0', '::', '10.0.0.1', '127.evil.example', 'localhost.evil.example', ''])('%s is not', (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});

it('a URL is judged by where it leads, not by how it looks', () => {
  expect(isLoopbackUrl('http://[::1]:4010/')).toBe(true);
  expect(isLoopbackUrl('http://127.0.0.1:1@evil.example/')).toBe(false);
  expect(isLoopbackUrl('https://api.sagemaker.us-west-2.amazonaws.com')).toBe(false);
  expect(isLoopbackUrl('127.0.0.1')).toBe(false);
});
