import { type NextRequest, NextResponse } from 'next/server';
import { AppError } from '@/lib/contract/app-error';
import { readAllowedHosts } from '@/lib/server/env';
import { boundHost } from '@/lib/server/http/bound-host';
import { errorResponse } from '@/lib/server/http/error-response';
import { checkHost } from '@/lib/server/http/host-check';
import { findPageAddressProblem } from '@/lib/server/http/page-address';
import { problemPage } from '@/lib/server/http/problem-page';
import { checkSameOrigin } from '@/lib/server/http/same-origin';
import { API_CONTENT_SECURITY_POLICY, pageContentSecurityPolicy } from '@/lib/server/http/security-headers';

const POLICY = 'content-security-policy';
const allowedHosts = readAllowedHosts();

/**
 * Runs before every page and every route, files of the build excepted: who is asked, who asks, and under which policy
 * the answer is shown. The same checks of origin and read-only mode stand again in the routes themselves.
 */
export function proxy(request: NextRequest): Response {
  const { pathname } = request.nextUrl;
  const isApi = pathname === '/api' || pathname.startsWith('/api/');
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = isApi
    ? API_CONTENT_SECURITY_POLICY
    : pageContentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  try {
    checkHost(request.headers.get('host'), { boundHost: boundHost(), allowedHosts });
    checkSameOrigin(request.method, request.headers);
    const problem = isApi ? undefined : findPageAddressProblem(pathname);
    if (problem) throw problem;
  } catch (error) {
    return refuse(error, { isApi, nonce, policy });
  }
  // Next finds the nonce for its own tags in the request's policy; the layout reads x-nonce for the others.
  const headers = new Headers(request.headers);
  headers.set(POLICY, policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set(POLICY, policy);
  return response;
}

function refuse(error: unknown, { isApi, nonce, policy }: { isApi: boolean; nonce: string; policy: string }): Response {
  const headers = { [POLICY]: policy, 'cache-control': 'no-store' };
  if (isApi || !(error instanceof AppError)) return errorResponse(error, crypto.randomUUID(), headers);
  return new Response(problemPage(error, nonce), {
    status: error.status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  });
}

export const config = { matcher: '/((?!_next/static/).*)' };
