'use client';

import { ErrorState } from '@/components/ui/error-state';

/** What nobody foresaw. The header and the other tabs stay. */
export default function JobPageError({ unstable_retry, reset }: { unstable_retry?: () => void; reset: () => void }) {
  return (
    <ErrorState
      title="This part of the job could not be shown"
      message="Something went wrong while the page was made."
      hint="The server log has the details; the other tabs still work."
      onRetry={unstable_retry ?? reset}
    />
  );
}
