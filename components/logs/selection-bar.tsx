'use client';

import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { CopyButton } from '@/components/ui/copy-button';
import { formatPlural } from '@/lib/shared/format';
import classes from './selection-bar.module.css';

interface LogSelectionBarProps {
  count: number;
  /** The text of the chosen lines; made when it is copied. */
  text: () => string;
  link: () => string;
  /** Among finds: shows the line where it stands in the log. */
  onShow?: () => void;
  onClear: () => void;
}

/** What can be done with the lines that were chosen. */
export function LogSelectionBar({ count, text, link, onShow, onClear }: LogSelectionBarProps) {
  return (
    <div className={classes.bar} role="toolbar" aria-label="Chosen lines">
      <span className={classes.count}>{formatPlural(count, 'line')} chosen</span>
      <CopyButton value={text} what={count === 1 ? 'line' : 'lines'} withText />
      <CopyButton value={link} what="link" withText />
      {onShow ? (
        <Button variant="default" onClick={onShow}>
          Show in the log
        </Button>
      ) : null}
      <Button variant="subtle" leftSection={<IconX size={14} />} onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
