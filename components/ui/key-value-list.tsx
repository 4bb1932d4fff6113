import type { ReactNode } from 'react';
import classes from './key-value-list.module.css';

interface KeyValue {
  key: string;
  label: ReactNode;
  value: ReactNode;
}

/** Facts as label and value, one a line; label above value where it is narrow. */
export function KeyValueList({ items }: { items: KeyValue[] }) {
  return (
    <dl className={classes.list}>
      {items.map(({ key, label, value }) => (
        <div key={key} className={classes.item}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
