import { EventsView } from '@/components/story/events-view';
import { type JobPageParams, loadJob } from '../load-job';

/** /{region}/jobs/{category}/{name}/events – who did what to the job, and when. */
export default async function JobEventsPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  return loaded ? <EventsView region={loaded.region} jobRef={loaded.jobRef} /> : null;
}
