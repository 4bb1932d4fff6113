import Link from 'next/link';
import { pagePaths } from '@/lib/contract/paths';
import classes from './header.module.css';

/** Cairn's mark, three stones on one another, and its name: the way home. */
export function Brand({ region }: { region: string }) {
  return (
    <Link href={pagePaths.jobs(region)} className={classes.brand} aria-label="Cairn, jobs">
      <svg width="20" height="20" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true" focusable="false">
        <ellipse cx="12" cy="4.9" rx="4" ry="2.4" />
        <ellipse cx="12.3" cy="11.4" rx="6.4" ry="2.9" />
        <ellipse cx="12" cy="18.7" rx="9" ry="3" />
      </svg>
      <span className={classes.name}>Cairn</span>
    </Link>
  );
}
