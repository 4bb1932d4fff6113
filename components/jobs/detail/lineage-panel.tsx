import { Hint } from '@/components/ui/hint';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import { TimeText } from '@/components/ui/time-text';
import type { Child, JobDetail, Parent } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { parentWords } from '@/lib/jobs/row-facts';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import { StatusBadge } from '../status-badge';
import classes from './detail.module.css';
import { Identifier } from './identifier';
import { JobLink } from './job-link';
import { CHILD_WORDS } from './job-words';

/** Longer families are counted; the lineage of a whole team is no list. */
const MAX_CHILDREN = 20;

/** Where the job comes from and what was made of it. */
export function LineagePanel({ job, region }: { job: JobDetail; region: string }) {
  const { parent, children } = job;
  const note = children.length > 0 ? formatPlural(children.length, 'job made from it', 'jobs made from it') : undefined;
  return (
    <Panel
      title="Lineage"
      note={note}
      actions={<LinkButton href={pagePaths.lineageOfJob(region, job)}>Show in the graph</LinkButton>}
    >
      <ParentLine parent={parent} job={job} region={region} />
      {children.length > 0 ? (
        <ul className={classes.rows} aria-label="Jobs made from this one">
          {children.slice(0, MAX_CHILDREN).map((child) => (
            <ChildLine key={`${child.jobCategory}/${child.jobName}`} child={child} region={region} />
          ))}
        </ul>
      ) : job.jobCategory === 'AgentRFT' ? (
        <p className={classes.note}>No job has started from its checkpoints.</p>
      ) : null}
      {children.length > MAX_CHILDREN ? (
        <p className={classes.note}>and {formatInteger(children.length - MAX_CHILDREN)} more</p>
      ) : null}
    </Panel>
  );
}

function ParentLine({ parent, job, region }: { parent?: Parent; job: JobDetail; region: string }) {
  if (!parent) {
    const known = job.described && job.config.parsed !== undefined;
    return (
      <p className={classes.line}>
        {known
          ? job.jobCategory === 'AgentRFT'
            ? 'Started from the base model.'
            : 'Evaluates the base model.'
          : 'Where it started from is not known: its document has not been read.'}
      </p>
    );
  }
  const words = parentWords(parent.kind);
  const checkpoint = parent.group === undefined ? undefined : `${parent.group}/${parent.version ?? '?'}`;
  return (
    <div className={classes.line}>
      <p className={classes.flow}>
        <Hint label="Its own document names the checkpoint (ModelPackageConfig.InputModelPackageArn).">
          <span>{words.charAt(0).toUpperCase() + words.slice(1)}</span>
        </Hint>
        {parent.step === undefined ? null : <span>step {formatInteger(parent.step)} of</span>}
        {parent.job ? (
          <JobLink region={region} jobRef={parent.job} />
        ) : (
          <span>a checkpoint whose job Cairn does not know</span>
        )}
      </p>
      <Identifier value={parent.packageArn} what="checkpoint ARN" shown={checkpoint} />
    </div>
  );
}

function ChildLine({ child, region }: { child: Child; region: string }) {
  return (
    <li className={classes.child}>
      <StatusBadge jobStatus={child.jobStatus} secondaryStatus={child.secondaryStatus} />
      <JobLink region={region} jobRef={child} />
      <span className={classes.dim}>
        {CHILD_WORDS[child.kind]} {child.step === undefined ? 'it' : `step ${formatInteger(child.step)}`},{' '}
        <TimeText iso={child.creationTime} />
      </span>
    </li>
  );
}
