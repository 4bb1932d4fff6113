import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { AppError } from '@/lib/contract/app-error';
import { getLineageQuerySchema } from '@/lib/contract/lineage';
import { formatLineageWords, parseLineageWords } from '@/lib/lineage/lineage-search';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { lineageQuery } from '@/lib/queries/lineage-query';
import { deployment } from '@/lib/server/deployment';
import { getLineage } from '@/lib/server/lineage/get-lineage';
import { LineageView } from './lineage-view';

export const metadata: Metadata = { title: 'Lineage' };

interface LineagePageProps {
  params: Promise<{ region: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The lineage with its first answer in the page. Where that fails, the screen asks for itself and says what it hears. */
export default async function LineagePage({ params, searchParams }: LineagePageProps) {
  const [{ region }, raw] = await Promise.all([params, searchParams]);
  const search = formatLineageWords(parseLineageWords(raw).words);
  const queryClient = createQueryClient();
  try {
    const words = getLineageQuerySchema.parse(Object.fromEntries(new URLSearchParams(search)));
    queryClient.setQueryData(
      lineageQuery(region, search).queryKey,
      await getLineage(await deployment(), region, words),
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <LineageView key={region} region={region} />
    </HydrationBoundary>
  );
}
