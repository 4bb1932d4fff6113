'use client';

import { PageError } from '@/components/shell/page-error';

/** What nobody foresaw. The header and the other tabs stay. */
export default function JobPageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="This part of the job could not be shown" error={error} retry={retry} />;
}
