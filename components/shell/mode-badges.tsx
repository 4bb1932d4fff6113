import { IconLock } from '@tabler/icons-react';
import { Hint } from '@/components/ui/hint';
import type { Health } from '@/lib/contract/health';
import classes from './header.module.css';

/** What is special about this deployment: that it is no AWS at all, and that nothing can be changed. */
export function ModeBadges({ health }: { health: Health | undefined }) {
  return (
    <>
      {health?.mode === 'sandbox' ? (
        <Hint label="A program on this machine plays AWS: these jobs are invented and cost nothing.">
          <span className={classes.sandboxBadge}>
            <span>
              Sandbox<span className={classes.wideOnly}>: not AWS</span>
            </span>
          </span>
        </Hint>
      ) : null}
      {health?.readOnly ? (
        <Hint label={health.readOnly.reason}>
          <span className={classes.readOnlyBadge}>
            <IconLock size={12} aria-hidden="true" />
            Read-only
          </span>
        </Hint>
      ) : null}
    </>
  );
}
