import { JOB_NAME_PATTERN } from '../contract/names';

const MAX_LENGTH = 63;
const SUFFIX = /-r(\d{1,6})(?:-s\d+)?$/;

/**
 * A name for the job that resumes `parentName` from `step`: `run`, resumed at 41, gives `run-r2-s41`, and that one,
 * resumed at 80, `run-r3-s80`. Depends on nothing but its arguments, so that two people who ask at the same time get the
 * same name, and with it the same job. Counts on past names that are taken. A root too long for 63 characters is cut.
 */
export function proposeName(parentName: string, step: number | undefined, taken: ReadonlySet<string>): string {
  const suffix = SUFFIX.exec(parentName);
  const root = (suffix ? parentName.slice(0, suffix.index) : parentName).replace(/[^a-zA-Z0-9-]+/g, '-');
  for (let run = suffix ? Number(suffix[1]) + 1 : 2; ; run += 1) {
    const end = step === undefined ? `-r${run}` : `-r${run}-s${step}`;
    const name = `${trim(root.slice(0, MAX_LENGTH - end.length))}${end}`;
    if (JOB_NAME_PATTERN.test(name) && !taken.has(name)) return name;
  }
}

/** Neither a leading nor a trailing hyphen; a root of nothing else becomes `job`. */
const trim = (root: string) => root.replace(/^-+|-+$/g, '') || 'job';
