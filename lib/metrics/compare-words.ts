import { type JobRef, jobRefSchema } from '../contract/jobs';

/** The most jobs that can be seen side by side. */
export const MAX_COMPARED = 20;

/** A job as a word of `compare?jobs=`: the name alone for a training job. */
export const comparedWord = ({ jobCategory, jobName }: JobRef): string =>
  jobCategory === 'AgentRFT' ? jobName : `${jobCategory}/${jobName}`;

/** The job a word names, or undefined for what is none. */
export function parseComparedWord(word: string): JobRef | undefined {
  const [first = '', second] = word.split('/');
  const ref =
    second === undefined ? { jobCategory: 'AgentRFT', jobName: first } : { jobCategory: first, jobName: second };
  return jobRefSchema.safeParse(ref).data;
}

/** The words of `jobs=a,b,c`, each once, at most twenty. */
export function parseComparedWords(text: string | null | undefined): string[] {
  return [...new Set((text ?? '').split(',').map((word) => word.trim()))].filter(Boolean).slice(0, MAX_COMPARED);
}
