'use client';

import { PageError } from '@/components/shell/page-error';

export default function JobsError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="The jobs list could not be shown" error={error} retry={retry} />;
}
