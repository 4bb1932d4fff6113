import type { ReactNode } from 'react';
import { StatusWord } from '@/components/ui/status-word';
import { shownStatus } from '@/lib/jobs/status';

interface StatusBadgeProps {
  jobStatus: string;
  secondaryStatus: string;
  sizePx?: number;
  /** More about it on hover and focus, such as the failure reason. */
  hint?: ReactNode;
}

/** A job's status as icon, word and colour. A word that nobody has met is shown as it came, in violet. */
export function StatusBadge({ jobStatus, secondaryStatus, sizePx, hint }: StatusBadgeProps) {
  const { label, tone } = shownStatus(jobStatus, secondaryStatus);
  return <StatusWord tone={tone} label={label} sizePx={sizePx} hint={hint} />;
}
