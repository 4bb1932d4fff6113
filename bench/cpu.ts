import { readFileSync } from 'node:fs';

/** Ticks of /proc/<pid>/stat; 100 a second on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** CPU time of a process so far, user and system, in milliseconds; NaN where there is no /proc. */
export function cpuMs(pid: number): number {
  try {
    // The name of the program stands in parentheses and may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return Number.NaN;
  }
}
