import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { UnknownRegion } from '@/components/shell/unknown-region';
import { AwsClockProvider } from '@/components/ui/aws-clock';
import { regionSchema } from '@/lib/contract/names';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { healthQuery } from '@/lib/queries/jobs-queries';
import { getProcessHealth } from '@/lib/server/health/get-process-health';

interface RegionParams {
  params: Promise<{ region: string }>;
}

export async function generateMetadata({ params }: RegionParams): Promise<Metadata> {
  const { region } = await params;
  return { title: { default: region, template: `%s · ${region} · Cairn` } };
}

/** Around every page of one region: the shell, and the clock of AWS as the server knows it now. */
export default async function RegionLayout({ children, params }: RegionParams & { children: ReactNode }) {
  const { region } = await params;
  if (!regionSchema.safeParse(region).success) notFound();
  const health = await getProcessHealth();
  const queryClient = createQueryClient();
  queryClient.setQueryData(healthQuery().queryKey, health);
  const watched = health.regions.length === 0 || health.regions.includes(region);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AwsClockProvider initialAwsNow={health.awsNow}>
        <AppShell region={region}>
          {watched ? children : <UnknownRegion region={region} regions={health.regions} />}
        </AppShell>
      </AwsClockProvider>
    </HydrationBoundary>
  );
}
