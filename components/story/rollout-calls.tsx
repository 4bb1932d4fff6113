import type { CallMinute } from '@/lib/contract/story';
import { formatInteger } from '@/lib/shared/format';
import classes from './rollout-calls.module.css';

/** In the order an agent makes them; both kinds of Sample are one row of the picture. */
const NAMES = ['Sample', 'SampleWithResponseStream', 'UpdateReward', 'CompleteRollout'];

/** How often agents called the job's runtime, minute by minute, and what was refused: silence and refusals are seen at once. */
export function RolloutCalls({ minutes }: { minutes: readonly CallMinute[] }) {
  const names = NAMES.filter((name) => minutes.some(({ calls }) => calls[name]));
  const totals = minutes.map(({ calls }) => Object.values(calls).reduce((a, b) => a + b, 0));
  const most = Math.max(1, ...totals);
  if (names.length === 0) return null;
  const sum = (name: string) => minutes.reduce((all, { calls }) => all + (calls[name] ?? 0), 0);
  const refused = minutes.reduce((all, minute) => all + minute.refused, 0);
  return (
    <section className={classes.calls} aria-label="Calls of agents, per minute">
      <p className={classes.head}>
        <span>Calls of agents, per minute</span>
        <span className={classes.sums}>
          {names.map((name) => `${name} ${formatInteger(sum(name))}`).join(' · ')}
          {refused > 0 ? <strong> · {formatInteger(refused)} refused</strong> : null}
        </span>
      </p>
      <div className={classes.bars} aria-hidden="true">
        {minutes.map((minute, i) => (
          <span key={minute.at} className={classes.bar} title={wordsOf(minute)}>
            <span
              className={classes.fine}
              style={{ height: `${(100 * ((totals[i] ?? 0) - minute.refused)) / most}%` }}
            />
            <span className={classes.refused} style={{ height: `${(100 * minute.refused) / most}%` }} />
          </span>
        ))}
      </div>
      <p className={classes.ends} aria-hidden="true">
        <span>{clock(minutes[0]?.at ?? '')}</span>
        <span>{clock(minutes.at(-1)?.at ?? '')} UTC</span>
      </p>
      <details className={classes.table}>
        <summary>As a table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section className={classes.scroll} aria-label="Calls by minute" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">UTC</th>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                <th scope="col">refused</th>
              </tr>
            </thead>
            <tbody>
              {minutes.map(({ at, calls, refused: no }) => (
                <tr key={at}>
                  <th scope="row">{clock(at)}</th>
                  {names.map((name) => (
                    <td key={name}>{formatInteger(calls[name] ?? 0)}</td>
                  ))}
                  <td>{formatInteger(no)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </section>
  );
}

const clock = (at: string) => at.slice(11, 16);

function wordsOf({ at, calls, refused }: CallMinute): string {
  const words = Object.entries(calls).map(([name, count]) => `${name} ${formatInteger(count)}`);
  return `${clock(at)} UTC: ${words.join(', ') || 'no call'}${refused > 0 ? `, ${formatInteger(refused)} refused` : ''}`;
}
