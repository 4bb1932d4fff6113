import { JOB_NAME_PATTERN } from '../contract/names';

const MAX_LENGTH = 63;
const SUFFIX = /-(r|i|eval)(\d{1,6}|(?<=eval))(?:-s\d+)?$/;

/** The letter of each action in a name; the first of a kind counts as the second run of a job, but as the first evaluation. */
const LETTER = { resume: 'r', iterate: 'i', evaluate: 'eval' } as const;

/**
 * A name for the job that resumes `parentName` from `step`: `run`, resumed at 41, gives `run-r2-s41`, and that one,
 * resumed at 80, `run-r3-s80`. An iterate gives `run-i2-s41`, an evaluation `run-eval-s41`. Depends on nothing but its arguments, so that two people who ask at the same time get the
 * same name, and with it the same job. Counts on past names that are taken. A root too long for 63 characters is cut.
 */
export function proposeName(
  parentName: string,
  step: number | undefined,
  taken: ReadonlySet<string>,
  action: keyof typeof LETTER = 'resume',
): string {
  const letter = LETTER[action];
  const suffix = SUFFIX.exec(parentName);
  // An evaluation is of a job, so it keeps the name of that job whole.
  const root = suffix && action !== 'evaluate' ? parentName.slice(0, suffix.index) : parentName;
  const clean = root.replace(/[^a-zA-Z0-9-]+/g, '-');
  const before = suffix?.[1] === letter && action !== 'evaluate' ? Number(suffix[2] || 1) : 1;
  for (let run = action === 'evaluate' ? 1 : before + 1; ; run += 1) {
    const number = action === 'evaluate' && run === 1 ? '' : String(run);
    const end = step === undefined ? `-${letter}${number}` : `-${letter}${number}-s${step}`;
    const name = `${trim(clean.slice(0, MAX_LENGTH - end.length))}${end}`;
    if (JOB_NAME_PATTERN.test(name) && !taken.has(name)) return name;
  }
}

/** Neither a leading nor a trailing hyphen; a root of nothing else becomes `job`. */
const trim = (root: string) => root.replace(/^-+|-+$/g, '') || 'job';
