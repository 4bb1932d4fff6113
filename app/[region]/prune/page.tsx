import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { PruneScreen } from '@/components/prune/prune-screen';
import { AppError } from '@/lib/contract/app-error';
import { prunePreviewQuerySchema } from '@/lib/contract/prune';
import { formatPruneSearch, parsePruneSearch } from '@/lib/prune/prune-search';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { PRUNE_PAGE, prunePreviewQuery, pruneRunsQuery } from '@/lib/queries/prune-queries';
import { deployment } from '@/lib/server/deployment';
import { previewPrune } from '@/lib/server/prune/preview-prune';
import { listPruneRuns } from '@/lib/server/prune/prune-runs';

export const metadata: Metadata = { title: 'Prune' };

interface PrunePageProps {
  params: Promise<{ region: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Prune with its first answer in the page. Where that fails, the screen asks for itself and says what it hears. */
export default async function PrunePage({ params, searchParams }: PrunePageProps) {
  const [{ region }, words] = await Promise.all([params, searchParams]);
  const { search } = parsePruneSearch(words);
  const queryClient = createQueryClient();
  try {
    const d = await deployment();
    const query = prunePreviewQuerySchema.parse({ ...search, limit: PRUNE_PAGE });
    const [preview, runs] = await Promise.all([previewPrune(d, region, query), listPruneRuns(d, region)]);
    queryClient.setQueryData(prunePreviewQuery(region, formatPruneSearch(search)).queryKey, preview);
    queryClient.setQueryData(pruneRunsQuery(region).queryKey, runs);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PruneScreen key={region} region={region} />
    </HydrationBoundary>
  );
}
