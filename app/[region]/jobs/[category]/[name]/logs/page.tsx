import { JobLog } from '@/components/logs/job-log';
import type { JobRef } from '@/lib/contract/jobs';
import { END_LINES, type ListLogsResponse, listLogsQuerySchema } from '@/lib/contract/logs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { deployment } from '@/lib/server/deployment';
import { listJobLogs } from '@/lib/server/logs/list-job-logs';
import { waitFor } from '@/lib/server/wait-for';
import { type JobPageParams, loadJob } from '../load-job';

interface LogsPageProps {
  params: JobPageParams;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** More is not sent ahead of the page: a line may have 256 kB. */
const MAX_CHARS = 300_000;
/** A log that the catalog keeps, or that somebody else reads, is there well before this; for AWS itself the page does not wait. */
const WAIT_MS = 400;

/** /{region}/jobs/{category}/{name}/logs – the logs of a job; which lines and how stands in the query string. */
export default async function JobLogsPage({ params, searchParams }: LogsPageProps) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  if (!loaded) return null;
  const failed = jobStatusFacts(loaded.response.job.jobStatus).tone === 'failed';
  const words = Object.keys(await searchParams);
  const atEnd = !failed && words.every((word) => word === 'wrap');
  const end = atEnd ? await readEnd(loaded.region, loaded.jobRef) : undefined;
  return <JobLog region={loaded.region} job={loaded.jobRef} failed={failed} end={end} />;
}

const HALF_CHARACTER = /\p{Surrogate}/u;

/** Half a character does not survive the way into the page: the browser would draw another text than the server did. */
function canBeDrawn({ events }: ListLogsResponse): boolean {
  const chars = events.reduce((sum, { message }) => sum + message.length, 0);
  return chars <= MAX_CHARS && !events.some(({ message }) => HALF_CHARACTER.test(message));
}

/** Undefined when it takes too long or fails: the browser then asks itself, and says what is wrong. */
async function readEnd(region: string, ref: JobRef) {
  const query = listLogsQuerySchema.parse({ limit: END_LINES });
  const reading = deployment()
    .then((d) => listJobLogs(d, region, ref, query))
    .then((page) => (canBeDrawn(page) ? page : undefined))
    .catch(() => undefined);
  return waitFor(reading, WAIT_MS);
}
