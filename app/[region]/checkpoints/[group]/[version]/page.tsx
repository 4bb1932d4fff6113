import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CheckpointView } from '@/components/checkpoints/checkpoint-view';
import { parseCheckpointName } from '@/lib/actions/parse-checkpoint-name';
import { checkpointQuery } from '@/lib/queries/checkpoint-queries';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { getCheckpoint } from '@/lib/server/checkpoints/get-checkpoint';
import { deployment } from '@/lib/server/deployment';

export const metadata: Metadata = { title: 'Checkpoint' };

interface CheckpointPageProps {
  params: Promise<{ region: string; group: string; version: string }>;
}

/** /{region}/checkpoints/{group}/{version} – with its first answer in the page; a failure is told by the view itself. */
export default async function CheckpointPage({ params }: CheckpointPageProps) {
  const { region, group, version } = await params;
  const ref = parseCheckpointName(`${group}/${version}`);
  if (!ref) notFound();
  const client = createQueryClient();
  await client.prefetchQuery({
    queryKey: checkpointQuery(region, ref.group, ref.version).queryKey,
    queryFn: async () => getCheckpoint(await deployment(), region, ref.group, ref.version),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CheckpointView region={region} checkpointRef={ref} />
    </HydrationBoundary>
  );
}
