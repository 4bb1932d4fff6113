'use client';

import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import { Panel } from '@/components/ui/panel';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import type { StoryResponse } from '@/lib/contract/story';
import { storyQuery } from '@/lib/queries/story-queries';
import { sourcesRead } from '@/lib/story/rollout-calls';
import { formatStoryMarkdown } from '@/lib/story/story-markdown';
import { RolloutCalls } from './rollout-calls';
import classes from './story.module.css';
import { StoryAxis } from './story-axis';
import { StoryEntries } from './story-entries';

interface StoryPanelProps {
  region: string;
  job: JobDetail;
}

/** What happened around the end of a job that ended badly, or until now for one that stalls: status, job log, agent log and CloudTrail on one clock. */
export function StoryPanel({ region, job }: StoryPanelProps) {
  const { data, error, refetch, isFetching } = useQuery(storyQuery(region, job));
  return (
    <Panel
      title="What happened"
      note={data ? <SourcesNote story={data} /> : undefined}
      actions={
        data ? <CopyButton value={() => formatStoryMarkdown(job, data)} what="as Markdown" withText /> : undefined
      }
      flush
    >
      {data ? (
        <>
          <Causes story={data} />
          <StoryAxis story={data} job={job} />
          {data.callMinutes ? <RolloutCalls minutes={data.callMinutes} /> : null}
          <StoryEntries region={region} job={job} story={data} />
          <Gaps story={data} />
        </>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        <div className={classes.loading} aria-busy="true">
          <p>Reading the logs and CloudTrail around the end …</p>
          <SkeletonBox height={18} />
          <SkeletonBox height={120} />
        </div>
      )}
    </Panel>
  );
}

function Causes({ story }: { story: StoryResponse }) {
  const [first, ...others] = story.causes;
  if (!first) {
    const reading = sourcesRead(story);
    return (
      <p className={classes.noCause}>
        {reading
          ? `No trace so far points at a cause that Cairn knows. Still being read: ${reading}.`
          : 'No trace that Cairn knows points at a cause. The entries below are all there is.'}
      </p>
    );
  }
  return (
    <section className={classes.cause} aria-label="Most likely cause">
      <p className={classes.label}>Most likely cause</p>
      <h3 className={classes.causeTitle}>{first.title}</h3>
      <p>{first.meaning}</p>
      <blockquote className={classes.quote}>{first.evidence.text}</blockquote>
      <ul>
        {first.todo.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {others.length > 0 ? (
        <p className={classes.dim}>Also seen: {others.map(({ title }) => title.toLowerCase()).join('; ')}.</p>
      ) : null}
    </section>
  );
}

function SourcesNote({ story }: { story: StoryResponse }) {
  const read = story.sources.filter(({ state }) => state === 'ok').length;
  const reading = sourcesRead(story);
  return `${read} of ${story.sources.length} sources read${reading ? `, still reading ${reading}` : ''}`;
}

/** What could not be looked at, so that silence is not taken for peace. */
function Gaps({ story }: { story: StoryResponse }) {
  const notes = story.sources.filter(({ note }) => note !== undefined);
  const skew = story.skew ?? [];
  if (notes.length + skew.length === 0) return null;
  return (
    <ul className={classes.gaps} aria-label="What was looked at" aria-live="polite">
      {skew.map((words) => (
        <li key={words} data-state="skew">
          Clocks differ. {words}
        </li>
      ))}
      {notes.map(({ source, label, note, state }) => (
        <li key={source} data-state={state}>
          {label}: {note}
        </li>
      ))}
    </ul>
  );
}

function Failed({ error, onRetry, retrying }: { error: Error; onRetry: () => void; retrying: boolean }) {
  const hint = error instanceof AppError && error.hint ? { hint: error.hint } : {};
  if (error instanceof AppError && error.code === 'access_denied') {
    return <NoPermissionState title="The story may not be read" message={error.message} {...hint} />;
  }
  return (
    <ErrorState
      title="The story could not be put together"
      message={error.message}
      {...hint}
      onRetry={onRetry}
      retrying={retrying}
    />
  );
}
