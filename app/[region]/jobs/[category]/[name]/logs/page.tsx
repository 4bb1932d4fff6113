import type { Metadata } from 'next';
import { JobLog } from '@/components/logs/job-log';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { parsePageParams } from '@/lib/server/http/page-input';

interface Props {
  params: Promise<Record<string, string>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = parsePageParams(jobParams, await params);
  return { title: `Log of ${name}` };
}

/** The logs tab of a job. Lines are read by the browser: what can be shown depends on what AWS has kept. */
export default async function LogsPage({ params }: Props) {
  const address = parsePageParams(jobParams, await params);
  return <JobLog region={address.region} job={toJobRef(address)} />;
}
