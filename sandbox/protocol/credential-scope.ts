import { AwsError } from './aws-error';
import type { WireRequest } from './http';

/** Who signed, for which region and service. Signatures are not verified: any secret works here. */
export interface Signer {
  accessKeyId: string;
  region: string;
  service: string;
}

const SCOPE = /Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

/**
 * Reads the credential scope of a SigV4 request, from the header or from a presigned query. Undefined when not signed.
 * The access key chooses the identity problems a client can meet: `AKIDEXPIRED…` and `AKIDUNKNOWN…` throw what STS-issued
 * and unknown keys get from AWS.
 */
export function readSigner(request: WireRequest): Signer | undefined {
  const presigned = request.query.get('X-Amz-Credential');
  const text = request.headers.authorization ?? (presigned ? `Credential=${presigned}` : '');
  const found = SCOPE.exec(text);
  if (!found) return undefined;
  const [, accessKeyId = '', region = '', service = ''] = found;
  if (accessKeyId.startsWith('AKIDEXPIRED')) {
    throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired');
  }
  if (accessKeyId.startsWith('AKIDUNKNOWN')) {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  return { accessKeyId, region, service };
}
