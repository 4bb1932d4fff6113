'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ResumePlan, ResumeRequest } from '@/lib/contract/actions';
import { planQuery } from '@/lib/queries/actions-queries';
import { nameAndTagsToMend, problemOfName, problemOfTags, type Tag } from './plan-input';

interface Edits {
  jobName?: string;
  tags?: Tag[];
}

const NO_EDITS: Edits = {};

/** The first plan that proposed a name, and what it was a plan of. */
interface Proposal {
  of: string;
  edits: Edits;
  plan: ResumePlan;
  at: number;
}

/** Long enough for a word to be typed, short enough to feel checked at once. */
const DEBOUNCE_MS = 400;

/**
 * The plan of a resume and what a person may change of it. Until something is typed, name and tags are those the plan
 * proposes; the name once proposed is kept, so that asking again cannot quietly turn into the plan of one more job.
 * `settled`: the plan on screen is the plan of what is in the fields.
 */
export function useResumePlan(region: string, from: ResumeRequest['from']) {
  const [edits, setEdits] = useState(NO_EDITS);
  const [asked, setAsked] = useState(NO_EDITS);
  const nameProblem = problemOfName(edits.jobName);
  const tagsProblem = problemOfTags(edits.tags);
  const problem = nameProblem ?? tagsProblem;

  useEffect(() => {
    if (problem || edits === asked) return;
    const timer = setTimeout(() => setAsked(edits), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [edits, asked, problem]);

  const of = `${region}/${from.group}/${from.version}`;
  const [proposed, setProposed] = useState<Proposal>();
  const proposal = proposed?.of === of ? proposed : undefined;
  const jobName = asked.jobName ?? proposal?.plan.jobName;
  const body: ResumeRequest = {
    action: 'resume',
    from,
    ...(jobName === undefined ? {} : { jobName }),
    // A row that was added and not yet filled is no tag.
    ...(asked.tags === undefined ? {} : { tags: asked.tags.filter((tag) => tag.key !== '' || tag.value !== '') }),
  };
  const query = useQuery({
    ...planQuery(region, body),
    // The proposal is the plan of its own name: that needs no second question.
    initialData: proposal?.edits === asked ? proposal.plan : undefined,
    initialDataUpdatedAt: proposal?.at,
  });
  if (!proposal && asked.jobName === undefined && query.data && !query.isPlaceholderData) {
    setProposed({ of, edits: asked, plan: query.data, at: query.dataUpdatedAt });
  }
  // A failed check of new words must not take the plan away that they stand in.
  const [last, setLast] = useState(query.data);
  if (query.data && query.data !== last) setLast(query.data);
  const plan = query.data ?? last;
  return {
    plan,
    body,
    query,
    jobName: edits.jobName ?? plan?.jobName ?? '',
    tags: edits.tags ?? (plan?.request.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
    nameProblem,
    tagsProblem,
    mend: nameAndTagsToMend(nameProblem, tagsProblem),
    nameEdited: edits.jobName !== undefined,
    settled: !problem && edits === asked && !query.isPlaceholderData && query.isSuccess,
    setJobName: (jobName: string | undefined) => setEdits((old) => ({ ...old, jobName })),
    setTags: (tags: Tag[]) => setEdits((old) => ({ ...old, tags })),
  };
}

export type ResumePlanState = ReturnType<typeof useResumePlan>;
