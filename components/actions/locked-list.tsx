import { IconLock } from '@tabler/icons-react';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Mono } from '@/components/ui/mono';
import { Panel } from '@/components/ui/panel';
import type { PlanResponse } from '@/lib/contract/actions';
import { formatPlural } from '@/lib/shared/format';
import classes from './actions.module.css';

/** What the new job keeps as it was, grouped under the reason. */
export function LockedList({ locked }: { locked: PlanResponse['locked'] }) {
  const reasons = [...new Set(locked.map((field) => field.reason))];
  return (
    <Panel title="What stays locked" note={formatPlural(locked.length, 'field')}>
      <div className={classes.stack}>
        {reasons.map((reason) => (
          <div key={reason}>
            <p className={classes.reason}>
              <IconLock size={14} aria-hidden="true" />
              {reason}
            </p>
            <KeyValueList
              items={locked
                .filter((field) => field.reason === reason)
                .map((field) => ({ key: field.path, label: field.label, value: <Mono>{field.value}</Mono> }))}
            />
          </div>
        ))}
      </div>
    </Panel>
  );
}
