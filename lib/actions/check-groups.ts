import type { Check } from '../contract/actions';
import type { JobRequest } from './build-resume-request';
import { groupName, groupsOf } from './check-common';

/** What is known of a model package group. */
export type GroupFact =
  /** `holds`: kinds of checkpoints that are in it now, as far as the catalog read it. */
  | { state: 'exists'; holds: readonly ('resumable' | 'model')[] }
  | { state: 'missing' }
  | { state: 'unknown'; why: string };

/**
 * The two groups of a training job: there, different, and each of the right kind. A group that holds resumable
 * checkpoints cannot become an output group.
 */
export function checkOutputGroups(request: JobRequest, facts: ReadonlyMap<string, GroupFact>): Check[] {
  return [checkDifferent(request), checkThere(request, facts), checkKinds(request, facts)];
}

const named = (request: JobRequest) => {
  const { output, intermediate } = groupsOf(request);
  return { output: output && groupName(output), intermediate: intermediate && groupName(intermediate) };
};

function checkDifferent(request: JobRequest): Check {
  const title = 'Checkpoints have two groups to go to';
  const { output, intermediate } = named(request);
  const fail = (detail: string): Check => ({
    id: 'groups',
    state: 'fail',
    title,
    detail,
    hint: 'Name an output group for model checkpoints and another one for resumable checkpoints.',
  });
  if (!output || !intermediate) return fail(`The document names no ${output ? 'intermediate' : 'output'} group.`);
  if (output.toLowerCase() === intermediate.toLowerCase())
    return fail(`Both are ${output}; AWS wants two different ones.`);
  return { id: 'groups', state: 'pass', title, detail: `${output} and ${intermediate}.` };
}

function checkThere(request: JobRequest, facts: ReadonlyMap<string, GroupFact>): Check {
  const title = 'Both groups exist';
  const names = Object.values(named(request)).filter((name) => name !== undefined);
  const missing = names.filter((name) => facts.get(name)?.state === 'missing');
  if (missing.length > 0) {
    return {
      id: 'groups-exist',
      state: 'fail',
      title,
      detail: `AWS has no ${missing.join(' and no ')}.`,
      hint: 'Make it with aws sagemaker create-model-package-group, or name another one.',
    };
  }
  for (const name of names) {
    const fact = facts.get(name);
    if (fact?.state === 'exists') continue;
    const why = fact?.state === 'unknown' ? ` ${fact.why}` : '';
    return { id: 'groups-exist', state: 'unknown', title, detail: `${name} could not be looked up.${why}` };
  }
  return { id: 'groups-exist', state: 'pass', title, detail: names.length === 0 ? 'None is named.' : 'AWS has them.' };
}

function checkKinds(request: JobRequest, facts: ReadonlyMap<string, GroupFact>): Check {
  const title = 'Each group is of the right kind';
  const { output, intermediate } = named(request);
  const holds = (name: string | undefined) => {
    const fact = name === undefined ? undefined : facts.get(name);
    return fact?.state === 'exists' ? fact.holds : undefined;
  };
  if (holds(output)?.includes('resumable')) {
    return {
      id: 'groups-kind',
      state: 'fail',
      title,
      detail: `${output} holds resumable checkpoints; AWS does not take such a group as output.`,
      hint: 'Name the group that model checkpoints go to.',
    };
  }
  if (holds(intermediate)?.includes('model')) {
    return {
      id: 'groups-kind',
      state: 'warn',
      title,
      detail: `${intermediate} holds model checkpoints; resumable ones would be mixed with them.`,
      hint: 'Use a group of its own for resumable checkpoints.',
    };
  }
  if (!holds(output) || !holds(intermediate)) {
    return { id: 'groups-kind', state: 'unknown', title, detail: 'What they hold could not be looked up.' };
  }
  return {
    id: 'groups-kind',
    state: 'pass',
    title,
    detail: 'Output takes model checkpoints, intermediate resumable ones.',
  };
}
