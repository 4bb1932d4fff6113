import { execFileSync } from 'node:child_process';

/** Resident memory of a process and all its descendants, in MB (10^6 bytes); 0 when it is gone. */
export function treeRssMb(rootPid: number): number {
  // Columns of POSIX ps: the same on Linux and macOS. RSS is in KiB.
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = new Set([rootPid]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid = 0, ppid = 0] of table) {
      if (!tree.has(ppid) || tree.has(pid)) continue;
      tree.add(pid);
      grew = true;
    }
  }
  const kib = table.filter(([pid = 0]) => tree.has(pid)).reduce((sum, [, , rss = 0]) => sum + rss, 0);
  return (kib * 1024) / 1e6;
}

/** Samples the memory of a process tree until stopped; gives the peak. A short peak between two samples is missed. */
export function watchMemory(pid: number, everyMs = 250) {
  let peakMb = 0;
  const sample = () => {
    peakMb = Math.max(peakMb, treeRssMb(pid));
  };
  const timer = setInterval(sample, everyMs);
  sample();
  return {
    peakMb: () => peakMb,
    stop: () => clearInterval(timer),
  };
}
