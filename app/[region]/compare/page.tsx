import type { Metadata } from 'next';
import { CompareView } from '@/components/metrics/compare/compare-view';

export const metadata: Metadata = { title: 'Compare' };

/** /{region}/compare?jobs=a,b,c – the browser asks for the curves: they are large, and the frame is there at once. */
export default async function ComparePage({ params }: { params: Promise<{ region: string }> }) {
  const { region } = await params;
  return <CompareView key={region} region={region} />;
}
