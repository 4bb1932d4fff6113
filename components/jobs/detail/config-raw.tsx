'use client';

import { useMemo } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Panel } from '@/components/ui/panel';
import { indentJson } from '@/lib/actions/indent-json';
import { formatInteger } from '@/lib/shared/format';
import classes from './config-view.module.css';

/** The document letter by letter, set out where it is JSON. What is copied is exactly what AWS returned. */
export function ConfigRaw({ raw }: { raw: string }) {
  const text = useMemo(() => indentJson(raw), [raw]);
  return (
    <Panel
      title="Document"
      note={`${formatInteger(raw.length)} characters`}
      actions={<CopyButton value={raw} what="document" withText />}
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Config document">
        <pre className={classes.raw}>{text}</pre>
      </section>
    </Panel>
  );
}
