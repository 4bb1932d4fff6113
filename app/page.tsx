import { redirect } from 'next/navigation';
import { ErrorState } from '@/components/ui/error-state';
import { pagePaths } from '@/lib/contract/paths';
import { getProcessHealth } from '@/lib/server/health/get-process-health';

/** The front door leads to the jobs of the first region; without one, the settings are wrong and this says so. */
export default async function Home() {
  const { regions, catalog } = await getProcessHealth();
  const [first] = regions;
  if (first) redirect(pagePaths.jobs(first));
  return (
    <main>
      <ErrorState
        title="Cairn cannot start"
        message={catalog.error ?? 'No region is set.'}
        hint="Name the regions to watch in CAIRN_REGIONS, such as us-west-2, and start Cairn again."
      />
    </main>
  );
}
