'use client';

import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import classes from './copy-button.module.css';
import { copyText } from './copy-text';
import { Hint } from './hint';
import { VisuallyHidden } from './visually-hidden';

interface CopyButtonProps {
  /** The whole value, however it is cut on screen; a function for one that is costly to make. */
  value: string | (() => string);
  /** What is copied: "job name", "ARN". Read out and shown in the tooltip. */
  what: string;
  /** With words on the button: `Copy ARN`. */
  withText?: boolean;
}

const CONFIRM_MS = 1600;

/** Copies the whole value and says that it did, or that the browser refused. */
export function CopyButton({ value, what, withText = false }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const onClick = async () => {
    setState((await copyText(typeof value === 'function' ? value() : value)) ? 'copied' : 'refused');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState('idle'), CONFIRM_MS);
  };

  const words = { idle: `Copy ${what}`, copied: 'Copied', refused: 'The browser refused to copy' }[state];
  const Icon = { idle: IconCopy, copied: IconCheck, refused: IconAlertTriangle }[state];
  const live = (
    <VisuallyHidden>
      <span role="status">{state === 'idle' ? '' : words}</span>
    </VisuallyHidden>
  );

  if (withText) {
    return (
      <>
        <Button variant="default" leftSection={<Icon size={14} />} onClick={onClick}>
          {words}
        </Button>
        {live}
      </>
    );
  }
  return (
    <Hint label={words} focusable={false} className={classes.hint}>
      <ActionIcon aria-label={`Copy ${what}`} onClick={onClick} data-copied={state === 'copied' || undefined}>
        <Icon size={14} />
      </ActionIcon>
      {live}
    </Hint>
  );
}
