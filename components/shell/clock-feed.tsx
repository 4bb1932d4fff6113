'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useAwsClock } from '@/components/ui/aws-clock';
import { parseTime } from '@/lib/shared/time';

/** Sets the clock of the page from every answer that says what time it is at AWS. */
export function ClockFeed() {
  const queryClient = useQueryClient();
  const clock = useAwsClock();
  useEffect(
    () =>
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'success') return;
        const data: unknown = event.query.state.data;
        if (typeof data !== 'object' || data === null || !('awsNow' in data)) return;
        const awsMs = parseTime(String(data.awsNow));
        if (awsMs !== undefined) clock?.set(awsMs, Date.now());
      }),
    [queryClient, clock],
  );
  return null;
}
