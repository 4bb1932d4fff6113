import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { SpanText } from '@/components/ui/duration-text';
import { Hint } from '@/components/ui/hint';
import { MiddleCut } from '@/components/ui/middle-cut';
import { Missing } from '@/components/ui/missing';
import type { JobRow } from '@/lib/contract/jobs';
import { durationEnd, shortDataset, shortModel, tokenWords, totalTokens } from '@/lib/jobs/row-facts';
import { formatCount, formatInteger, formatPlural } from '@/lib/shared/format';
import classes from '../jobs-table.module.css';

const NOT_DESCRIBED = 'Not described yet';

/** The base model's short name; the whole on hover. */
export function BaseModelCell({ job }: { job: JobRow }) {
  if (!job.baseModel) return <Missing reason={job.described ? 'The config names no base model' : NOT_DESCRIBED} />;
  return <ShortName whole={job.baseModel} short={shortModel(job.baseModel)} />;
}

/** The dataset's short name; the whole on hover. */
export function DatasetCell({ job }: { job: JobRow }) {
  if (!job.dataset) return <Missing reason={job.described ? 'The config names no dataset' : NOT_DESCRIBED} />;
  return <ShortName whole={job.dataset} short={shortDataset(job.dataset)} />;
}

function ShortName({ whole, short }: { whole: string; short: string }) {
  if (whole === short) return <MiddleCut text={whole} focusable />;
  return (
    <Hint label={<span className={classes.wrap}>{whole}</span>} className={classes.short}>
      <bdi className={classes.ellipsis}>{short}</bdi>
    </Hint>
  );
}

/** From start to end, or until now at AWS. */
export function DurationCell({ job }: { job: JobRow }) {
  const { to, known } = durationEnd(job);
  if (!known) return <Missing reason={job.described ? 'AWS gave no end time' : NOT_DESCRIBED} />;
  return <SpanText from={job.creationTime} to={to} />;
}

/** All billable tokens; by kind on hover. */
export function TokensCell({ job }: { job: JobRow }) {
  const total = totalTokens(job.tokens);
  if (total === undefined || !job.tokens) {
    return <Missing reason={job.described ? 'AWS has counted no tokens' : NOT_DESCRIBED} />;
  }
  return (
    <Hint label={tokenWords(job.tokens)}>
      <span>{formatCount(total)}</span>
    </Hint>
  );
}

/** How many checkpoints of each kind the job left. An evaluation leaves none. */
export function CheckpointsCell({ job }: { job: JobRow }) {
  const { resumable, model, lastResumableStep } = job.checkpoints;
  if (resumable === 0 && model === 0) {
    const evaluation = job.jobCategory === 'AgentRFTEvaluation';
    return (
      <Missing
        reason={evaluation ? 'An evaluation leaves no checkpoints' : 'No checkpoint is known to be of this job'}
      />
    );
  }
  const last = lastResumableStep === undefined ? '' : `, the last at step ${formatInteger(lastResumableStep)}`;
  const words = `${formatPlural(resumable, 'resumable checkpoint')}${last}, ${formatPlural(model, 'model checkpoint')}`;
  return (
    <Hint label={words}>
      <span className={classes.checkpoints} aria-hidden="true">
        <CheckpointIcon kind="resumable" />
        {formatInteger(resumable)}
        <CheckpointIcon kind="model" />
        {formatInteger(model)}
      </span>
      <span className={classes.reader}>{words}</span>
    </Hint>
  );
}
