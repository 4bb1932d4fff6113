'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsJson, useQueryState } from 'nuqs';
import { useEffect, useState } from 'react';
import { dataKey, fieldsToMend } from '@/lib/actions/fields-to-mend';
import { type EditPlan, type EditRequest, type PlanChanges, planChangesSchema } from '@/lib/contract/actions';
import { planQuery } from '@/lib/queries/actions-queries';
import {
  nameAndTagsToMend,
  problemOfDocument,
  problemOfName,
  problemOfRole,
  problemOfTags,
  type Tag,
} from './plan-input';

/** What a new job is made from: a model checkpoint, or for a baseline the base model of a training job. */
export type EditBase =
  | { action: 'iterate' | 'evaluate'; from: { group: string; version: number } }
  | { action: 'evaluate'; template: { jobName: string } };

interface Edits {
  jobName?: string;
  tags?: Tag[];
  /** A document written by hand, in place of the fields. */
  document?: string;
  /** Goes with it. */
  roleArn?: string;
  /** Keys of settings that were emptied and must hold something. */
  emptied?: string[];
}

const NO_CHANGES: PlanChanges = {};
const changesParser = parseAsJson((value) => planChangesSchema.safeParse(value).data ?? null).withDefault(NO_CHANGES);
const DEBOUNCE_MS = 400;

/**
 * The plan of an iterate or an evaluation and what a person changes of it. Changed values live in the address, so that a
 * half-made plan can be sent to somebody; name, tags and a document by hand do not. The name once proposed is kept.
 */
export function useEditPlan(region: string, base: EditBase) {
  const [changes, setChanges] = useQueryState('changes', changesParser);
  const [edits, setEdits] = useState<Edits>({});
  const [asked, setAsked] = useState({ edits, changes });
  const nameProblem = problemOfName(edits.jobName);
  const tagsProblem = problemOfTags(edits.tags);
  const current = asked.edits === edits && asked.changes === changes;
  const roleProblem = edits.document === undefined ? undefined : problemOfRole(edits.roleArn);
  const documentProblem = edits.document === undefined ? undefined : problemOfDocument(edits.document);
  const problem = nameProblem ?? tagsProblem ?? roleProblem ?? documentProblem;

  useEffect(() => {
    if (problem || current) return;
    const timer = setTimeout(() => setAsked({ edits, changes }), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [edits, changes, current, problem]);

  const [proposed, setProposed] = useState<string>();
  const jobName = asked.edits.jobName ?? proposed;
  const { document, roleArn } = asked.edits;
  const body: EditRequest = {
    ...base,
    ...(jobName === undefined ? {} : { jobName }),
    ...(asked.edits.tags === undefined ? {} : { tags: asked.edits.tags.filter(({ key, value }) => key || value) }),
    ...(document === undefined ? { changes: asked.changes } : { document, ...(roleArn && { roleArn }) }),
  };
  const query = useQuery(planQuery(region, body));
  if (proposed === undefined && asked.edits.jobName === undefined && query.data && !query.isPlaceholderData) {
    setProposed(query.data.jobName);
  }
  // A failed check of new words must not take the plan away that they stand in.
  const [last, setLast] = useState<EditPlan>();
  if (query.data && query.data !== last) setLast(query.data);
  const plan = query.data ?? last;
  const emptied = edits.emptied ?? [];
  const mend = [
    ...(edits.document === undefined ? fieldsToMend(plan?.form ?? [], changes, emptied) : []),
    ...(documentProblem ? [{ key: 'document', label: 'Document as JSON', problem: documentProblem }] : []),
    ...(roleProblem ? [{ key: 'roleArn', label: 'Execution role', problem: roleProblem }] : []),
    ...nameAndTagsToMend(nameProblem, tagsProblem),
  ];
  const planned = !problem && current && !query.isPlaceholderData && query.isSuccess;
  const setEmptied = (key: string, empty: boolean) => {
    if (emptied.includes(key) === empty) return;
    setEdits((old) => ({ ...old, emptied: toggled(old.emptied, key, empty) }));
  };
  return {
    plan,
    body,
    query,
    changes,
    document: edits.document,
    roleArn: edits.roleArn ?? plan?.request.RoleArn ?? '',
    roleProblem,
    jobName: edits.jobName ?? plan?.jobName ?? '',
    tags: edits.tags ?? (plan?.request.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
    nameProblem,
    tagsProblem,
    nameEdited: edits.jobName !== undefined,
    mend,
    emptied,
    /** What is in the fields is being checked. */
    checking: !problem && !planned && !query.isError,
    /** The plan on screen is the plan of what is in the fields, and nothing in them is to be mended. */
    settled: planned && mend.length === 0,
    setJobName: (name: string | undefined) => setEdits((old) => ({ ...old, jobName: name })),
    setTags: (tags: Tag[]) => setEdits((old) => ({ ...old, tags })),
    setDocument: (text: string | undefined) => setEdits((old) => ({ ...old, document: text, emptied: undefined })),
    setRoleArn: (text: string) => setEdits((old) => ({ ...old, roleArn: text })),
    change: (part: PlanChanges) => void setChanges((old) => withoutNothing({ ...old, ...part })),
    setParameter: (name: string, value: ParameterChange) =>
      void setChanges((old) => withoutNothing({ ...old, hyperparameters: merge(old.hyperparameters, name, value) })),
    setEmptied,
    setData: (channel: string, source: string | undefined) =>
      void setChanges((old) => withoutNothing({ ...old, data: merge(old.data, channel, source) })),
    /** Takes a channel out that the parent does not have. */
    removeData: (channel: string) => {
      setEmptied(dataKey(channel), false);
      void setChanges((old) => withoutNothing({ ...old, data: merge(old.data, channel, undefined) }));
    },
    reset: () => {
      setEdits((old) => ({ ...old, emptied: undefined }));
      void setChanges(null);
    },
  };
}

export type EditPlanState = ReturnType<typeof useEditPlan>;

/** null: leave it to the default of the model. undefined: as the parent has it. */
export type ParameterChange = NonNullable<PlanChanges['hyperparameters']>[string] | undefined;

function merge<V>(
  old: Record<string, V> | undefined,
  key: string,
  value: V | undefined,
): Record<string, V> | undefined {
  const { [key]: _, ...rest } = old ?? {};
  const next = value === undefined ? rest : { ...rest, [key]: value };
  return Object.keys(next).length === 0 ? undefined : next;
}

function toggled(keys: string[] = [], key: string, on: boolean): string[] {
  const rest = keys.filter((each) => each !== key);
  return on ? [...rest, key] : rest;
}

/** An address says only what was changed. */
function withoutNothing(changes: PlanChanges): PlanChanges | null {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? null : (Object.fromEntries(entries) as PlanChanges);
}
