'use client';

import { PageError } from '@/components/shell/page-error';

/** What nobody foresaw. */
export default function CompareError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="The jobs could not be compared" error={error} retry={retry} />;
}
