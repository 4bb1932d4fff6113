import 'server-only';
import { lookup as dnsLookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { DiagnosisCheck } from '@/lib/contract/diagnosis';
import { addressClass } from '@/lib/story/address-class';

const ID = 'health';
const TITLE = 'Health of the agent';
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 4_096;

/**
 * `GET` of a custom agent's health address, which should answer `{"status":"ok"}`. The host must be one the operator named:
 * a name there may stand for a private address, but never for a link-local one, where clouds hand out credentials. The
 * address is checked at the moment of connecting, so that a name cannot change its mind in between. No redirect is followed.
 */
export async function checkHealth(
  url: string,
  allowedHosts: readonly string[],
  resolve: typeof dnsLookup = dnsLookup,
): Promise<DiagnosisCheck> {
  const refuse = (evidence: string, todo?: string): DiagnosisCheck => ({
    id: ID,
    title: TITLE,
    state: 'could-not',
    evidence,
    ...(todo && { todo }),
  });
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    return refuse('This is no address.', 'Give an address such as https://agent.example.com/health.');
  }
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (!/^https?:$/.test(target.protocol) || target.username !== '' || target.password !== '') {
    return refuse('Only http and https addresses without a user name are asked.');
  }
  if (isIP(host) !== 0 && addressClass(host) === 'metadata') {
    return refuse('This address belongs to the metadata service of the machine. Cairn never asks it.');
  }
  if (!allowedHosts.includes(host)) {
    return refuse(
      `Cairn may not ask ${host}.`,
      'Whoever runs Cairn can allow it: put the host name into CAIRN_HEALTH_HOSTS and start Cairn again.',
    );
  }
  return ask(target, refuse, guard(resolve));
}

/**
 * Refuses link-local answers of the name service, whichever name asked. The socket connects to the very addresses that were
 * looked at: the name is resolved once.
 */
const guard =
  (resolve: typeof dnsLookup): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, options, (error, address, family) => {
      const addresses = Array.isArray(address) ? address.map((entry) => entry.address) : [address];
      if (!error && addresses.some((one) => addressClass(one) === 'metadata')) {
        done(Object.assign(new Error('the name stands for the metadata service'), { code: 'EREFUSED' }), '', 4);
        return;
      }
      done(error, address as string, family);
    });
  };

function ask(
  target: URL,
  refuse: (evidence: string, todo?: string) => DiagnosisCheck,
  lookup: LookupFunction,
): Promise<DiagnosisCheck> {
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const fail = (evidence: string) => resolve({ id: ID, title: TITLE, state: 'fail', evidence });
    const call = request(
      target,
      {
        method: 'GET',
        lookup,
        timeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: false,
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        if (status >= 300 && status < 400) {
          answer.destroy();
          resolve(
            refuse(`It answered with a redirect (${status}), which Cairn does not follow.`, 'Give the address itself.'),
          );
          return;
        }
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          body += chunk;
          if (body.length > MAX_BYTES) answer.destroy();
        });
        answer.on('error', () => fail('Its answer broke off.'));
        answer.on('close', () => resolve(judge(status, body.slice(0, MAX_BYTES))));
      },
    );
    call.on('timeout', () => call.destroy());
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EREFUSED') resolve(refuse('This name stands for the metadata service. Cairn never asks it.'));
      else fail(`It did not answer within 5 s (${error.code ?? error.name}).`);
    });
    call.end();
  });
}

function judge(status: number, body: string): DiagnosisCheck {
  const ok = status === 200 && /"status"\s*:\s*"ok"/i.test(body);
  return {
    id: ID,
    title: TITLE,
    state: ok ? 'pass' : status === 200 ? 'warn' : 'fail',
    // Only the state is told, never the body: it may come from a place that is nobody's business.
    evidence: ok
      ? 'It answered {"status":"ok"}.'
      : `It answered with status ${status}${status === 200 ? ', but not {"status":"ok"}' : ''}.`,
    ...(ok ? {} : { todo: 'Look at the agent’s own log and at what stands in front of it.' }),
  };
}
