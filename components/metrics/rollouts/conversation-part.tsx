'use client';

import { Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCircleDashed,
  IconMessage,
  IconRobot,
  IconSettings,
  IconTool,
  type TablerIcon,
} from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { TurnPart } from '@/lib/contract/metrics';
import { formatInteger, formatPlural, formatSignificant } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
import classes from './rollouts.module.css';

const KINDS: Record<TurnPart['kind'], { label: string; Icon: TablerIcon }> = {
  system: { label: 'System', Icon: IconSettings },
  prompt: { label: 'Prompt', Icon: IconMessage },
  model: { label: 'Model', Icon: IconRobot },
  tool_call: { label: 'Tool call', Icon: IconTool },
  tool_result: { label: 'Tool result', Icon: IconArrowBackUp },
  other: { label: 'Other', Icon: IconCircleDashed },
};

/** More than this pushes the rest of the conversation off the screen. */
const FOLD_CHARS = 1200;

/** One entry of a conversation: who, what, how long, and what came of it. */
export const ConversationPart = memo(function ConversationPart({ part, startMs }: { part: TurnPart; startMs: number }) {
  const { kind, name, text, cutChars, startTime, durationMs, tokens, reward, error } = part;
  const [open, setOpen] = useState(false);
  const { label, Icon } = KINDS[kind];
  const folded = !open && text.length > FOLD_CHARS;
  const at = startTime && Number.isFinite(startMs) ? Date.parse(startTime) - startMs : undefined;
  const facts = [
    at === undefined ? undefined : `at ${at < 1000 ? '0\u00a0s' : formatDuration(at)}`,
    durationMs === undefined ? undefined : formatDuration(durationMs),
    tokens === undefined ? undefined : formatPlural(tokens, 'token'),
    reward === undefined ? undefined : `reward ${formatSignificant(reward)}`,
  ].filter((fact) => fact !== undefined);
  return (
    <div className={classes.part} data-kind={kind} data-failed={error ? true : undefined}>
      <p className={classes.partHead}>
        <Icon size={14} aria-hidden="true" />
        <span className={classes.partKind}>{label}</span>
        {name ? <span className={classes.partName}>{name}</span> : null}
        <span className={classes.partFacts}>{facts.join(' · ')}</span>
      </p>
      {text ? (
        <pre className={classes.partText}>{folded ? `${text.slice(0, FOLD_CHARS)}…` : text}</pre>
      ) : (
        <p className={classes.dim}>No text</p>
      )}
      {text.length > FOLD_CHARS ? (
        <Button variant="subtle" size="compact-xs" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Show less' : `Show all ${formatInteger(text.length)} characters`}
        </Button>
      ) : null}
      {cutChars ? (
        <p className={classes.dim}>{formatPlural(cutChars, 'more character')} of this entry are not shown.</p>
      ) : null}
      {error ? <p className={classes.partError}>{error}</p> : null}
    </div>
  );
});
