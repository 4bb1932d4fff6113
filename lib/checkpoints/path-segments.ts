/** The folders of an S3 address below its bucket, as they are written: no decoding, no empty ones. */
export function pathSegments(s3Uri: string): string[] {
  const [, rest] = /^s3:\/\/[^/]+\/(.*)$/s.exec(s3Uri) ?? [];
  return rest ? rest.split('/').filter((segment) => segment !== '') : [];
}
