import { CheckRow, CheckRows } from '@/components/ui/check-row';
import { Panel } from '@/components/ui/panel';
import { sortChecks, summarizeChecks } from '@/lib/actions/check-summary';
import type { Check } from '@/lib/contract/actions';

/** What was looked at before money is spent: what needs a look first. */
export function CheckList({ checks, checking }: { checks: Check[]; checking: boolean }) {
  return (
    <Panel title="Checks" note={<span role="status">{checking ? 'Checking…' : summarizeChecks(checks)}</span>} flush>
      <CheckRows busy={checking}>
        {sortChecks(checks).map(({ id, state, title, detail, hint }) => (
          <CheckRow key={id} state={state} title={title} detail={detail} hint={hint} />
        ))}
      </CheckRows>
    </Panel>
  );
}
