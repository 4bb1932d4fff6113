'use client';

import { Tooltip } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './hint.module.css';

interface HintProps {
  /** What is shown on hover and on focus. A function is called only when it is shown. */
  label: ReactNode | (() => ReactNode);
  children: ReactNode;
  /** False where the child itself takes the focus (a link, a button): then the child's focus shows the hint. */
  focusable?: boolean;
  className?: string;
}

/** Long enough not to flicker under a moving pointer. */
const OPEN_DELAY_MS = 250;

const LANDMARK = 'main, header, aside, [role="dialog"]';

/**
 * A tooltip that costs nothing until it is wanted: a page may hold hundreds. Shown on hover and on keyboard focus,
 * closed by Escape, described to screen readers while it is open.
 */
export function Hint({ label, children, focusable = true, className }: HintProps) {
  const target = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  const id = useId();

  const show = (delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(true), delayMs);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setOpen(false);
  };

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open]);

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only reveals a description, there is nothing to activate */}
      <span
        ref={target}
        className={className ? `${classes.target} ${className}` : classes.target}
        tabIndex={focusable ? 0 : undefined}
        aria-describedby={open ? id : undefined}
        onPointerEnter={() => show(OPEN_DELAY_MS)}
        onPointerLeave={hide}
        onFocus={() => show(0)}
        onBlur={hide}
      >
        {children}
      </span>
      {open ? (
        <Tooltip
          id={id}
          role="tooltip"
          target={target}
          opened
          label={typeof label === 'function' ? label() : label}
          // A hint belongs to the part of the page it explains, not to the end of the document.
          portalProps={{ target: target.current?.closest<HTMLElement>(LANDMARK) ?? undefined }}
        />
      ) : null}
    </>
  );
}
