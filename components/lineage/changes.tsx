'use client';

import { useQuery } from '@tanstack/react-query';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import type { LineageLane } from '@/lib/contract/lineage';
import { configChanges } from '@/lib/lineage/config-changes';
import { jobQuery } from '@/lib/queries/jobs-queries';
import { formatPlural } from '@/lib/shared/format';
import classes from './lineage.module.css';

const SHOWN = 12;

/** What a job changed against the one it started from, as both documents say it. */
export function Changes({ region, lane, parent }: { region: string; lane: LineageLane; parent: LineageLane }) {
  const own = useQuery(jobQuery(region, lane));
  const old = useQuery(jobQuery(region, parent));
  const after = own.data?.job.config.parsed;
  const before = old.data?.job.config.parsed;
  if (!after || !before) {
    const failed = own.error ?? old.error;
    if (failed) return <p className={classes.why}>{failed.message}</p>;
    if (own.data && old.data) return <p className={classes.why}>A document is missing, so changes are not known.</p>;
    return <SkeletonLines lines={2} label="Comparing the documents" />;
  }
  const changes = configChanges(before, after);
  if (changes.length === 0) return <p className={classes.why}>Nothing in its document was changed.</p>;
  return (
    <>
      <ul className={classes.changes} aria-label="Changed against the parent">
        {changes.slice(0, SHOWN).map(({ path, before: was, after: is }) => (
          <li key={path}>
            {path} {was === undefined ? null : <span className={classes.before}>{was}</span>} {is ?? '(left out)'}
          </li>
        ))}
      </ul>
      {changes.length > SHOWN ? (
        <p className={classes.why}>
          and {formatPlural(changes.length - SHOWN, 'more change')}; the job page has them all.
        </p>
      ) : null}
    </>
  );
}
