import { UnstyledButton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { IgnoredWord } from '@/lib/jobs/jobs-search';
import classes from './jobs-list.module.css';

interface IgnoredNoteProps {
  ignored: readonly IgnoredWord[];
  /** Takes the words out of the address. */
  onTidy: () => void;
}

/** Says which words of the address were not understood, so that nobody takes the list for what the link meant. */
export function IgnoredNote({ ignored, onTidy }: IgnoredNoteProps) {
  if (ignored.length === 0) return null;
  return (
    <div className={classes.note} role="status">
      <IconInfoCircle size={16} aria-hidden="true" className={classes.noteIcon} />
      <p className={classes.noteText}>
        Part of this address was left out:{' '}
        {ignored.map(({ field, value, reason }, place) => (
          <span key={`${field} ${value}`}>
            {place > 0 ? '; ' : ''}
            <code>
              {field}={value}
            </code>{' '}
            {reason}
          </span>
        ))}
        .
      </p>
      <UnstyledButton className={classes.noteButton} onClick={onTidy}>
        Remove from the address
      </UnstyledButton>
    </div>
  );
}
