import type { PruneReason } from '../contract/prune';
import { formatNames } from '../shared/format';

/** Each reason in two or three words, for a filter and a list. */
export const REASON_LABELS: Record<PruneReason, string> = {
  unread: 'Not read yet',
  unattributed: 'Unattributed',
  unfinished: 'Not finished',
  live: 'Job is running',
  creating: 'Job being created',
  input: 'A job started from it',
  resumable: 'Last point to resume from',
  pinned: 'Pinned',
  guessed: 'Job only guessed',
  approved: 'Approved',
  evaluated: 'Evaluated',
  branch: 'Branch point',
  last: 'Last of its job',
  best: 'Among the best',
  nth: 'Every Nth step',
  noted: 'Has a note',
  unranked: 'Cannot be ranked',
};

/** What a reason can name besides itself. */
export interface ReasonFacts {
  jobName?: string;
  /** Jobs that started from it: those that are there, those that were deleted. */
  dependants: readonly string[];
  deletedDependants: readonly string[];
  packageStatus: string;
  step?: number;
  nth: number;
  best: number;
}

/** One reason as a sentence about one checkpoint. */
export function reasonDetail(reason: PruneReason, facts: ReasonFacts): string {
  const { jobName = 'its job', dependants, deletedDependants } = facts;
  switch (reason) {
    case 'unread':
      return 'Cairn has not read everything yet that could need it.';
    case 'unattributed':
      return 'Nobody knows which job made it, so nobody knows what needs it.';
    case 'unfinished':
      return `AWS says ${facts.packageStatus}: only complete or failed packages may go.`;
    case 'live':
      return `${jobName} has not ended.`;
    case 'creating':
      return 'A job is being created from it, or it is not known whether it was.';
    case 'input':
      return dependants.length > 0 ? `${formatNames(dependants)} started from it.` : 'A job started from it.';
    case 'resumable':
      return `The last point ${jobName} can be resumed from.`;
    case 'pinned':
      return 'Somebody wants it kept.';
    case 'guessed':
      return 'Its job is only guessed from the time: another job may have made it, and need it.';
    case 'approved':
      return 'Approved in the model registry.';
    case 'evaluated':
      return 'An evaluation measured it.';
    case 'branch': {
      const all = [...dependants, ...deletedDependants];
      return all.length > 0 ? `Branch point: ${formatNames(all)}.` : 'Branch point.';
    }
    case 'last':
      return `Last of its kind, or the output, of ${jobName}.`;
    case 'best':
      return `Among the best ${facts.best} of ${jobName}.`;
    case 'nth':
      return `Step ${facts.step ?? ''} is a multiple of ${facts.nth}.`;
    case 'noted':
      return 'Somebody wrote a note about it.';
    case 'unranked':
      return facts.step === undefined
        ? 'Its step is not known, so the rules about steps cannot judge it.'
        : `The reward of ${jobName} is not known to its end, so its best cannot be told.`;
  }
}
