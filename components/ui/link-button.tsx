'use client';

import { Button, type ButtonProps } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';

interface LinkButtonProps
  extends Pick<ButtonProps, 'variant' | 'leftSection' | 'rightSection' | 'size' | 'visibleFrom'> {
  href: string;
  /** False where fetching ahead would cost something: pages that plan a job, or dozens of links together. */
  prefetch?: boolean;
  children: ReactNode;
}

/** A link that looks like a button; usable from server components, which cannot hand a component over as a prop. */
export function LinkButton({ variant = 'default', ...props }: LinkButtonProps) {
  return <Button component={Link} variant={variant} {...props} />;
}
