'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { pagePaths } from '@/lib/contract/paths';
import classes from './header.module.css';

/** The ways into a region: its jobs, how they hang together, and what of them may go. */
export function PrimaryNav({ region }: { region: string }) {
  const pathname = usePathname();
  const places = [
    { label: 'Jobs', href: pagePaths.jobs(region) },
    { label: 'Lineage', href: pagePaths.lineage(region) },
    { label: 'Prune', href: pagePaths.prune(region) },
  ];
  return (
    <nav aria-label="Primary" className={classes.nav}>
      {places.map(({ label, href }) => (
        <Link
          key={href}
          href={href}
          className={classes.navLink}
          aria-current={pathname === href ? 'page' : undefined}
          data-inside={pathname.startsWith(href) || undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
