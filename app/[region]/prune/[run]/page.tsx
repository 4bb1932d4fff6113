import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RunScreen } from '@/components/prune/run-screen';
import { runIdSchema } from '@/lib/contract/prune';

export const metadata: Metadata = { title: 'Clean-up' };

/** The record of one clean-up. */
export default async function PruneRunPage({ params }: { params: Promise<{ region: string; run: string }> }) {
  const { region, run } = await params;
  const id = runIdSchema.safeParse(run);
  if (!id.success) notFound();
  return <RunScreen key={`${region} ${id.data}`} region={region} run={id.data} />;
}
