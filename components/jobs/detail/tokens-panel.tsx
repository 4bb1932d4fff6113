import { Hint } from '@/components/ui/hint';
import { Panel } from '@/components/ui/panel';
import type { JobDetail } from '@/lib/contract/jobs';
import { totalTokens } from '@/lib/jobs/row-facts';
import { formatCount, formatInteger } from '@/lib/shared/format';
import classes from './detail.module.css';

const KINDS = [
  { kind: 'train', label: 'Train', about: 'Tokens the optimizer learned from' },
  { kind: 'prefill', label: 'Prefill', about: 'Tokens the model read' },
  { kind: 'sample', label: 'Sample', about: 'Tokens the model wrote' },
] as const;

/** Billable tokens by kind, for reading and exact. */
export function TokensPanel({ job }: { job: JobDetail }) {
  const total = totalTokens(job.tokens);
  return (
    <Panel title="Tokens" note="billable, as AWS counts them" flush={total !== undefined}>
      {total === undefined ? (
        <p className={classes.note}>AWS has counted no tokens for this job.</p>
      ) : (
        <table className={classes.numbers}>
          <thead className={classes.hidden}>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">Rounded</th>
              <th scope="col">Exact</th>
            </tr>
          </thead>
          <tbody>
            {KINDS.map(({ kind, label, about }) => (
              <TokenRow key={kind} label={label} about={about} count={job.tokens?.[kind]} />
            ))}
          </tbody>
          <tfoot>
            <TokenRow label="All" count={total} />
          </tfoot>
        </table>
      )}
    </Panel>
  );
}

function TokenRow({ label, about, count }: { label: string; about?: string; count: number | undefined }) {
  return (
    <tr>
      <th scope="row">{about ? <Hint label={about}>{label}</Hint> : label}</th>
      {count === undefined ? (
        <td colSpan={2} className={classes.dim}>
          not counted
        </td>
      ) : (
        <>
          <td>{formatCount(count)}</td>
          <td className={classes.dim}>{formatInteger(count)}</td>
        </>
      )}
    </tr>
  );
}
