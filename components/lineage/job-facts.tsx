'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { SpanText } from '@/components/ui/duration-text';
import { KeyValueList } from '@/components/ui/key-value-list';
import { LinkButton } from '@/components/ui/link-button';
import { Missing } from '@/components/ui/missing';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import { StatusWord } from '@/components/ui/status-word';
import { TimeText } from '@/components/ui/time-text';
import type { Child } from '@/lib/contract/jobs';
import type { GetLineageResponse, LineageLane } from '@/lib/contract/lineage';
import { pagePaths } from '@/lib/contract/paths';
import { shownStatus } from '@/lib/jobs/status';
import { edgeWords, problemWords } from '@/lib/lineage/lane-words';
import { jobQuery } from '@/lib/queries/jobs-queries';
import { formatInteger, formatPlural, formatSignificant } from '@/lib/shared/format';
import { Changes } from './changes';
import { Dependants } from './dependants';
import { Jump } from './jump';
import classes from './lineage.module.css';

interface JobFactsProps {
  region: string;
  data: GetLineageResponse;
  lane: LineageLane;
  onOpenRange: (range: string) => void;
  onGoTo: (focus: string) => void;
  onToggleBelow: (lane: string) => void;
}

/** A job: how it stands, where it came from and what it changed, what came of it, and its checkpoints by range. */
export function JobFacts({ region, data, lane, onOpenRange, onGoTo, onToggleBelow }: JobFactsProps) {
  const { label, tone, final } = shownStatus(lane.jobStatus, lane.secondaryStatus);
  const parent = data.lanes.find(({ id }) => id === lane.parent?.lane);
  const whole = useQuery({ ...jobQuery(region, lane), enabled: lane.jobCategory === 'AgentRFT' });
  return (
    <>
      <KeyValueList
        items={[
          { key: 'status', label: 'Status', value: <StatusWord tone={tone} label={label} /> },
          {
            key: 'duration',
            label: final ? 'Took' : 'Running for',
            value:
              final && !lane.endTime ? (
                <Missing reason="AWS gave no end time for this job" />
              ) : (
                <SpanText from={lane.creationTime} to={lane.endTime} />
              ),
          },
          { key: 'started', label: 'Started', value: <TimeText iso={lane.creationTime} /> },
          ...(lane.lastStep === undefined
            ? []
            : [
                {
                  key: 'steps',
                  label: 'Steps',
                  value: `${formatInteger(lane.firstStep + 1)} to ${formatInteger(lane.lastStep)}${lane.plannedStep === undefined ? '' : ` of ${formatInteger(lane.plannedStep)}`}`,
                },
              ]),
          ...(lane.score ? [{ key: 'score', label: 'Score', value: formatSignificant(lane.score.value) }] : []),
          { key: 'model', label: 'Base model', value: lane.baseModel ?? <Missing reason="Not known yet" /> },
          { key: 'data', label: 'Dataset', value: lane.dataset ?? <Missing reason="Not known yet" /> },
          {
            key: 'left',
            label: 'Left behind',
            value: `${formatPlural(lane.checkpoints.resumable, 'resumable checkpoint')}, ${formatPlural(lane.checkpoints.model, 'model checkpoint')}`,
          },
        ]}
      />
      <div className={classes.actions}>
        <LinkButton href={pagePaths.job(region, lane.jobCategory, lane.jobName)}>Open the job</LinkButton>
        {lane.hasChildren ? (
          <Button variant="default" onClick={() => onToggleBelow(lane.id)}>
            {lane.hidden ? `Show ${formatPlural(lane.hidden.jobs, 'job')} below` : 'Hide what came of it'}
          </Button>
        ) : null}
        {lane.jobCategory === 'AgentRFT' ? (
          <LinkButton href={pagePaths.prune(region, `lineage=${lane.jobName}`)} prefetch={false}>
            Prune its lineage
          </LinkButton>
        ) : null}
      </div>
      <section className={classes.section} aria-label="Where it came from">
        <h3 className={classes.sectionTitle}>Where it came from</h3>
        {lane.parent ? (
          <>
            <p className={classes.why}>{problemWords(lane.parent) ?? sentence(edgeWords(lane.parent))}</p>
            {lane.parent.skewed ? (
              <p className={classes.why}>It was created before its checkpoint was written: two clocks disagree.</p>
            ) : null}
            {parent ? (
              <ul className={classes.list}>
                <Jump job={parent} onGoTo={onGoTo} />
              </ul>
            ) : null}
            {parent && lane.jobCategory === 'AgentRFT' ? <Changes region={region} lane={lane} parent={parent} /> : null}
          </>
        ) : (
          <p className={classes.why}>
            {lane.jobCategory === 'AgentRFT' ? 'It started from the base model.' : 'It evaluates the base model.'}
          </p>
        )}
      </section>
      {lane.jobCategory === 'AgentRFT' ? (
        <Dependants
          title="What came of it"
          // The job itself knows all of them; the screen only those it has room for.
          dependants={whole.data?.job.children.map(withScore(data))}
          none="No job that the catalog knows started from its checkpoints."
          withStep
          onGoTo={onGoTo}
        >
          {whole.error ? <p className={classes.why}>{whole.error.message}</p> : <SkeletonLines lines={2} />}
        </Dependants>
      ) : null}
      <Ranges lane={lane} onOpen={onOpenRange} />
    </>
  );
}

const withScore = (data: GetLineageResponse) => (child: Child) => ({
  ...child,
  score:
    child.jobCategory === 'AgentRFTEvaluation'
      ? data.lanes.find(({ id }) => id === `${child.jobCategory}/${child.jobName}`)?.score?.value
      : undefined,
});

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** The strip of a lane as buttons: the same ranges a click on it opens. */
function Ranges({ lane, onOpen }: { lane: LineageLane; onOpen: (range: string) => void }) {
  const { ticks } = lane;
  if (!ticks) return null;
  return (
    <section className={classes.section} aria-label="Checkpoints by range">
      <h3 className={classes.sectionTitle}>Checkpoints by range of steps</h3>
      <div className={classes.steps}>
        {ticks.counts.map((count, bucket) => {
          const first = ticks.from + bucket * ticks.size;
          const last = first + ticks.size - 1;
          if (count === 0) return null;
          const range = ticks.size === 1 ? formatInteger(first) : `${formatInteger(first)}–${formatInteger(last)}`;
          return (
            <button
              key={first}
              type="button"
              className={classes.step}
              aria-label={`Steps ${first} to ${last}, ${formatPlural(count, 'checkpoint')}`}
              onClick={() => onOpen(`${lane.id}@${first}-${last}`)}
            >
              {range}
            </button>
          );
        })}
      </div>
    </section>
  );
}
