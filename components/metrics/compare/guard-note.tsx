import { IconAlertTriangle } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import type { ComparedJob } from '@/lib/contract/metrics';
import { compareConfigs, findIncomparable } from '@/lib/metrics/compare-configs';
import classes from './compare.module.css';

/** Says before the eye compares that rewards of different things are not comparable. */
export const GuardNote = memo(function GuardNote({ jobs }: { jobs: readonly ComparedJob[] }) {
  const found = useMemo(() => findIncomparable(compareConfigs(jobs)), [jobs]);
  if (jobs.length < 2 || found.length === 0) return null;
  const words = found.map(({ what }) => what);
  const list = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words[0];
  return (
    <div className={classes.guard} role="note" data-testid="guard">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <p>
        These jobs differ in {list}. A higher reward need not mean a better model: what is rewarded, or what is asked,
        is not the same.
      </p>
    </div>
  );
});
