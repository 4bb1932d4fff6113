import { redirect } from 'next/navigation';
import { pagePaths } from '@/lib/contract/paths';

/** A region's own address leads to its jobs. */
export default async function RegionPage({ params }: { params: Promise<{ region: string }> }) {
  const { region } = await params;
  redirect(pagePaths.jobs(region));
}
