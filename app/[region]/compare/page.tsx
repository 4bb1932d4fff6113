import type { Metadata } from 'next';
import { preload } from 'react-dom';
import { CompareView } from '@/components/metrics/compare/compare-view';
import { parseComparedWords } from '@/lib/metrics/compare-words';
import { REWARD } from '@/lib/metrics/reward-keys';
import { comparedKeys, comparePath } from '@/lib/queries/metrics-queries';

export const metadata: Metadata = { title: 'Compare' };

interface ComparePageProps {
  params: Promise<{ region: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * /{region}/compare?jobs=a,b,c – the browser asks for the curves: they are large, and the frame is there at once. It asks
 * while it still loads the scripts.
 */
export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const { region } = await params;
  const { jobs, metric } = await searchParams;
  const words = parseComparedWords([jobs].flat()[0]);
  if (words.length > 0) {
    const keys = comparedKeys([metric].flat()[0] || REWARD.mean);
    preload(comparePath(region, words, keys), { as: 'fetch', crossOrigin: 'anonymous' });
  }
  return <CompareView key={region} region={region} />;
}
