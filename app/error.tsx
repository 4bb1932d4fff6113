'use client';

import { PageError } from '@/components/shell/page-error';

export default function AppErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main>
      <PageError title="This page could not be shown" error={error} retry={retry} />
    </main>
  );
}
