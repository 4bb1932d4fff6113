import type { Checkpoint } from '@/lib/contract/checkpoints';

/** The words of every button and title that resumes: the step where it is known, else the package. */
export const resumeLabel = (source: Pick<Checkpoint, 'group' | 'version' | 'step'>) =>
  source.step === undefined ? `Resume from ${source.group}/${source.version}` : `Resume from step ${source.step}`;
