import { Panel } from '@/components/ui/panel';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { DiffEntry } from '@/lib/contract/actions';
import { formatPlural } from '@/lib/shared/format';
import classes from './request-diff.module.css';

/** What differs from the parent's own request, value by value. */
export function RequestDiff({ diff, parentName }: { diff: DiffEntry[]; parentName: string }) {
  return (
    <Panel
      title="What changes"
      note={`${formatPlural(diff.length, 'difference')} to the request of ${parentName}`}
      flush
    >
      {diff.length === 0 ? (
        <p className={classes.none}>Nothing differs, or the parent’s request cannot be read.</p>
      ) : (
        <ul className={classes.list}>
          {diff.map((entry) => (
            <li key={entry.path} className={classes.entry}>
              <p className={classes.path}>{entry.path}</p>
              {entry.kind === 'added' ? null : (
                <Line sign="−" word="was" value={entry.before} isDefault={entry.beforeDefault} />
              )}
              {entry.kind === 'removed' ? null : (
                <Line sign="+" word="becomes" value={entry.after} isDefault={entry.afterDefault} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface LineProps {
  sign: string;
  word: string;
  value: unknown;
  /** Not written: the default that applies. */
  isDefault?: boolean;
}

function Line({ sign, word, value, isDefault = false }: LineProps) {
  return (
    <p className={classes.line} data-sign={word}>
      <span aria-hidden="true" className={classes.sign}>
        {sign}
      </span>
      <VisuallyHidden>{word} </VisuallyHidden>
      <span>
        {typeof value === 'string' ? value : JSON.stringify(value)}
        {isDefault ? ' (default)' : ''}
      </span>
    </p>
  );
}
