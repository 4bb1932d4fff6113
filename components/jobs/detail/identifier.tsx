import { CopyButton } from '@/components/ui/copy-button';
import { MiddleCut } from '@/components/ui/middle-cut';
import classes from './detail.module.css';

interface IdentifierProps {
  /** The whole ARN, S3 location, name. */
  value: string;
  /** What it is, for the copy button: "ARN". */
  what: string;
  /** Shown in its place where the whole is too long to be read: the copy is always the whole. */
  shown?: string;
}

/** Something to copy rather than to read: cut in its middle, whole on hover and focus, copied whole. */
export function Identifier({ value, what, shown }: IdentifierProps) {
  return (
    <span className={classes.identifier}>
      <MiddleCut text={shown ?? value} tailLength={16} mono focusable />
      <CopyButton value={value} what={what} />
    </span>
  );
}
