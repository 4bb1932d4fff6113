'use client';

import { PageError } from '@/components/shell/page-error';

export default function PruneError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Prune could not be shown" error={error} retry={retry} />;
}
