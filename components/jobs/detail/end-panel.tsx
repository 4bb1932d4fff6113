import Link from 'next/link';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { StatusIcon } from '@/components/ui/status-icon';
import type { JobDetail } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { explainFailure } from '@/lib/jobs/failure';
import { secondaryStatusFacts } from '@/lib/jobs/status';
import classes from './end-panel.module.css';
import { LostWork } from './lost-work';

interface EndPanelProps {
  job: JobDetail;
  region: string;
  resume?: ReactNode;
}

/** Why a job ended before it was done, what that usually means, what is lost, and the way on. Nothing for other jobs. */
export function EndPanel({ job, region, resume }: EndPanelProps) {
  // A reason beside a status nobody has met is shown too: it may be all there is to go by.
  const failed = job.jobStatus === 'Failed' || job.failureReason !== undefined;
  const stopped = job.jobStatus === 'Stopped';
  if (!failed && !stopped) return null;
  const advice = explainFailure(job.failureReason);
  const title = failed
    ? (advice?.title ?? (job.jobStatus === 'Failed' ? 'This job failed' : 'AWS gave a failure reason'))
    : stoppedTitle(job);
  const training = job.jobCategory === 'AgentRFT';
  return (
    <section
      className={classes.panel}
      data-tone={failed ? 'failed' : 'stopped'}
      aria-label={failed ? 'Why it failed' : 'How it ended'}
    >
      <div className={classes.story}>
        <h2 className={classes.title}>
          <StatusIcon tone={failed ? 'failed' : 'stopped'} sizePx={18} />
          {title}
        </h2>
        {failed ? <Reason job={job} /> : <p className={classes.meaning}>{stoppedMeaning(job)}</p>}
        {advice ? (
          <>
            <p className={classes.meaning}>
              <span className={classes.usual}>What this reason usually means. </span>
              {advice.meaning}
            </p>
            <ul className={classes.todo}>
              {advice.todo.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        ) : null}
        {failed ? (
          <p className={classes.links}>
            <Link href={pagePaths.logs(region, job, { end: true })}>Read the end of the job log</Link>
            <span className={classes.basis}>{basisWords(job.failureReason, advice?.basis)}</span>
          </p>
        ) : null}
      </div>
      {training ? (
        <div className={classes.way}>
          <LostWork job={job} />
          {failed && advice ? <p className={classes.basis}>{RESUME_WORDS[advice.resume]}</p> : null}
          {resume}
        </div>
      ) : null}
    </section>
  );
}

/** The reason letter by letter: what Cairn makes of it stands below, and may be wrong. */
function Reason({ job }: { job: JobDetail }) {
  const last = job.transitions.findLast((transition) => secondaryStatusFacts(transition.status).tone === 'failed');
  const text = job.failureReason ?? last?.statusMessage;
  if (text === undefined) return <p className={classes.meaning}>AWS gave no reason.</p>;
  return (
    <div className={classes.reason}>
      <blockquote className={classes.quote}>{text}</blockquote>
      <CopyButton value={text} what="failure reason" />
    </div>
  );
}

function stoppedTitle(job: JobDetail): string {
  return job.secondaryStatus === 'MaxRuntimeExceeded' ? 'The job reached its longest run time' : 'The job was stopped';
}

function stoppedMeaning(job: JobDetail): string {
  if (job.secondaryStatus === 'MaxRuntimeExceeded') {
    return 'The service ended it. A resume starts with a new clock.';
  }
  return job.outputPackageArn === undefined
    ? 'Somebody stopped it. AWS promotes the last checkpoint to the output group where it can; here it names none.'
    : 'Somebody stopped it. AWS promoted the last checkpoint to the output group.';
}

function basisWords(reason: string | undefined, basis: 'seen' | 'reading' | undefined): string {
  if (reason === undefined) return '';
  if (basis === 'seen') return 'This reason was met on real jobs before.';
  if (basis === 'reading') return 'Cairn’s reading of the words; AWS publishes no list of reasons.';
  return 'Cairn has not met this reason; it is shown as it came.';
}

const RESUME_WORDS = {
  again: 'Nothing has to change before a resume.',
  after: 'Mend the cause first: a resume sends the same request again.',
  no: 'A resume sends the same request and would fail the same way; a new job with other values is needed.',
} as const;
