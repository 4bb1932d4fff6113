'use client';

import { Button } from '@mantine/core';
import { IconTool } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';
import { pagePaths } from '@/lib/contract/paths';
import classes from './resume-plan-page.module.css';

interface NotBuiltPageProps {
  region: string;
  heading: string;
  title: string;
  text: string;
}

/** A page that has nothing to plan yet: says why, and leads back. */
export function NotBuiltPage({ region, heading, title, text }: NotBuiltPageProps) {
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{heading}</h1>
      <EmptyState
        icon={<IconTool size={20} />}
        title={title}
        actions={
          <Button component={Link} href={pagePaths.jobs(region)} variant="default">
            Back to jobs
          </Button>
        }
      >
        <p>{text}</p>
      </EmptyState>
    </div>
  );
}
