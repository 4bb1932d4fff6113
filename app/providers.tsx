'use client';

import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { cssVariablesResolver, theme } from '@/components/ui/theme';
import { createQueryClient } from '@/lib/queries/create-query-client';

let browserClient: ReturnType<typeof createQueryClient> | undefined;

/** One client per tab; on the server one per request, so that answers never pass between people. */
function getQueryClient() {
  if (typeof window === 'undefined') return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}

/** Everything a page stands on: theme, server data, state in the URL, notifications. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [queryClient] = useState(getQueryClient);
  // Browsers hide a nonce from scripts after parsing, so the first one is kept for styles that come later.
  const [styleNonce] = useState(nonce ?? '');
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>{children}</NuqsAdapter>
        <Notifications position="bottom-right" limit={4} autoClose={6000} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
