'use client';

import { PageError } from '@/components/shell/page-error';

export default function LineageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="The lineage could not be shown" error={error} retry={retry} />;
}
