import { IconAlertTriangle, IconCircleCheck, IconHelp, IconXboxX } from '@tabler/icons-react';
import { Panel } from '@/components/ui/panel';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { sortChecks, summarizeChecks } from '@/lib/actions/check-summary';
import type { Check } from '@/lib/contract/actions';
import classes from './check-list.module.css';

const LOOKS: Record<Check['state'], { Icon: typeof IconHelp; word: string }> = {
  pass: { Icon: IconCircleCheck, word: 'Passed' },
  warn: { Icon: IconAlertTriangle, word: 'Warning' },
  fail: { Icon: IconXboxX, word: 'Failed' },
  unknown: { Icon: IconHelp, word: 'Not checked' },
};

/** What was looked at before money is spent: what needs a look first. */
export function CheckList({ checks, checking }: { checks: Check[]; checking: boolean }) {
  return (
    <Panel title="Checks" note={<span role="status">{checking ? 'Checking…' : summarizeChecks(checks)}</span>} flush>
      <ul className={classes.list} aria-busy={checking}>
        {sortChecks(checks).map((check) => (
          <CheckItem key={check.id} check={check} />
        ))}
      </ul>
    </Panel>
  );
}

function CheckItem({ check }: { check: Check }) {
  const { Icon, word } = LOOKS[check.state];
  const passed = check.state === 'pass';
  return (
    <li className={classes.item} data-state={check.state}>
      <Icon size={16} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>
          {check.title}
          {passed ? <VisuallyHidden> {word}.</VisuallyHidden> : <span className={classes.state}>{word}</span>}
        </p>
        <p className={classes.detail}>{check.detail}</p>
        {check.hint ? <p className={classes.hint}>{check.hint}</p> : null}
      </div>
    </li>
  );
}
