import { AwsError } from '../../protocol/aws-error';
import type { WireReply } from '../../protocol/http';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Codes that the query protocol spells differently from the JSON ones, with their HTTP status (AWS docs). */
const QUERY_CODES: Readonly<Record<string, readonly [code: string, status: number]>> = {
  ExpiredTokenException: ['ExpiredToken', 403],
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
  AccessDeniedException: ['AccessDenied', 403],
  ThrottlingException: ['Throttling', 400],
};

/** A successful answer of the query protocol: `<op>Response` around `<op>Result`. */
export function queryReply(operation: string, result: Readonly<Record<string, string>>): WireReply {
  const members = Object.entries(result).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="${NAMESPACE}"><${operation}Result>${members.join('')}</${operation}Result>` +
      `<ResponseMetadata></ResponseMetadata></${operation}Response>`,
  };
}

/** An error of the query protocol. */
export function queryErrorReply(error: Error): WireReply {
  const given = error instanceof AwsError ? error : new AwsError('InternalFailure', error.message, 500);
  const [code, status] = QUERY_CODES[given.code] ?? [given.code, given.httpStatus];
  const type = status >= 500 ? 'Receiver' : 'Sender';
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body:
      `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${type}</Type><Code>${escapeXml(code)}</Code>` +
      `<Message>${escapeXml(given.message)}</Message></Error></ErrorResponse>`,
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
