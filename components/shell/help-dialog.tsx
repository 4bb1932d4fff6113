'use client';

import { Kbd } from '@mantine/core';
import { Dialog } from '@/components/ui/dialog';
import classes from './help-dialog.module.css';

const KEYS: { where: string; keys: { keys: string[]; does: string }[] }[] = [
  {
    where: 'Everywhere',
    keys: [
      { keys: ['/'], does: 'Search jobs' },
      { keys: ['g', 'j'], does: 'Go to the jobs list' },
      { keys: ['g', 'l'], does: 'Go to the lineage' },
      { keys: ['g', 'p'], does: 'Go to prune' },
      { keys: ['Ctrl or ⌘', 'K'], does: 'Command palette' },
      { keys: ['?'], does: 'Show these keys' },
      { keys: ['Esc'], does: 'Close, or leave a field' },
    ],
  },
  {
    where: 'Jobs list',
    keys: [
      { keys: ['j'], does: 'Next row' },
      { keys: ['k'], does: 'Row before' },
      { keys: ['Enter'], does: 'Open the job' },
    ],
  },
  {
    where: 'Job',
    keys: [
      { keys: ['['], does: 'Tab before' },
      { keys: [']'], does: 'Next tab' },
    ],
  },
  {
    where: 'Lineage',
    keys: [
      { keys: ['←', '→'], does: 'Along a lane, checkpoint by checkpoint' },
      { keys: ['↑', '↓'], does: 'Back to where it came from, on to what started here' },
      { keys: ['Page up', 'Page down'], does: 'The lineage before, the lineage after' },
      { keys: ['Enter'], does: 'Show what is known of it' },
      { keys: ['Esc'], does: 'Close the panel' },
    ],
  },
];

/** All keys in one place. */
export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys">
      {KEYS.map(({ where, keys }) => (
        <section key={where} className={classes.group}>
          <h3 className={classes.where}>{where}</h3>
          <dl className={classes.list}>
            {keys.map(({ keys: names, does }) => (
              <div key={does} className={classes.row}>
                <dt className={classes.does}>{does}</dt>
                <dd className={classes.keys}>
                  {names.map((name) => (
                    <Kbd key={name} size="xs">
                      {name}
                    </Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
