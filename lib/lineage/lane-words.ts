import type { LineageEdge, LineageLane, LineageMark, MarkRole } from '../contract/lineage';
import { shownStatus } from '../jobs/status';
import { formatInteger, formatPlural, formatSignificant } from '../shared/format';

const EDGE_WORDS: Record<LineageEdge['kind'], string> = {
  resume: 'resumed from',
  iterate: 'iterated from',
  evaluate: 'evaluates',
  unknown: 'started from',
};

/** Why a lane hangs on nothing, as a sentence for people. */
export function problemWords({ problem, hiddenJobs, group, version }: LineageEdge): string | undefined {
  const checkpoint = group === undefined ? 'its checkpoint' : `${group}/${version}`;
  switch (problem) {
    case undefined:
      return undefined;
    case 'unseen':
      return `The job that made ${checkpoint} is not known: it was deleted before Cairn saw it, or is not read yet.`;
    case 'unattributed':
      return `No job could be found that made ${checkpoint}.`;
    case 'foreign':
      return 'It started from a checkpoint of another account or region.';
    case 'loop':
      return 'The evidence leads in a circle, so the link is not drawn.';
    case 'hidden':
      return `${formatPlural(hiddenJobs ?? 1, 'earlier job is', 'earlier jobs are')} not shown.`;
  }
}

/** `resumed from step 47 of support-desk-1120`. */
export function edgeWords(edge: LineageEdge): string {
  const parent = edge.lane?.split('/')[1];
  const step = edge.step === undefined ? undefined : `step ${formatInteger(edge.step)}`;
  const from = [step, parent].filter(Boolean).join(' of ');
  return `${EDGE_WORDS[edge.kind]} ${from || 'a checkpoint whose job is not known'}`;
}

/** A lane in one sentence, for readers. */
export function laneWords(lane: LineageLane): string {
  const { label } = shownStatus(lane.jobStatus, lane.secondaryStatus);
  return [
    `${lane.jobCategory === 'AgentRFT' ? 'Job' : 'Evaluation'} ${lane.jobName}`,
    label.toLowerCase(),
    lane.parent ? edgeWords(lane.parent) : undefined,
    lane.lastStep === undefined ? undefined : `up to step ${formatInteger(lane.lastStep)}`,
    lane.score ? `score ${formatSignificant(lane.score.value)}` : undefined,
    lane.best ? 'on the way to the best' : undefined,
    lane.hidden ? `${formatPlural(lane.hidden.jobs, 'job')} below it not shown` : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

const ROLE_WORDS: Record<MarkRole, string | undefined> = {
  // That somebody looks at it says nothing about it.
  focus: undefined,
  end: 'last checkpoint',
  best: 'best',
  branch: 'other jobs started here',
  evaluated: 'evaluated',
  pinned: 'pinned',
};

/** A mark in one sentence, for readers. */
export function markWords(lane: LineageLane, mark: LineageMark): string {
  return [
    `Step ${formatInteger(mark.step)} of ${lane.jobName}`,
    kindWords(mark),
    ...mark.roles.map((role) => ROLE_WORDS[role]),
    mark.score === undefined ? undefined : `score ${formatSignificant(mark.score)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function kindWords({ resumable, model }: LineageMark): string {
  if (resumable && model) return 'resumable and model checkpoint';
  if (resumable) return 'resumable checkpoint';
  return model ? 'model checkpoint' : 'checkpoint of unknown kind';
}
