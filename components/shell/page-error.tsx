'use client';

import { useEffect } from 'react';
import { ErrorState } from '@/components/ui/error-state';

interface PageErrorProps {
  title: string;
  error: unknown;
  retry: () => void;
}

/** A page that broke while it was drawn. The server's log holds the rest, under the code shown here. */
export function PageError({ title, error, retry }: PageErrorProps) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <ErrorState
      title={title}
      message="Something in this page went wrong that Cairn did not expect."
      hint={digest ? `The server's log has the details under ${digest}.` : 'The browser console has the details.'}
      onRetry={retry}
    />
  );
}
