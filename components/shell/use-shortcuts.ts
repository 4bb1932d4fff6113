'use client';

import { useEffect, useRef } from 'react';

/** Keys of one press (`/`, `?`) or of two in a row (`g j`), and what they do. */
export type Shortcuts = Record<string, () => void>;

/** The second key of a pair is waited for this long. */
const PAIR_MS = 1200;

/** Whether a key press belongs to what has the focus: a field, or an open dialog. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role="menu"]')) {
    return true;
  }
  return document.querySelector('[role="dialog"]') !== null;
}

/** Listens for keys of the whole page. Never takes a key from a field or a dialog. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    let first = '';
    let firstAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const pair = event.timeStamp - firstAt < PAIR_MS ? `${first} ${event.key}` : '';
      const action = (pair && current.current[pair]) || current.current[event.key];
      first = event.key;
      firstAt = event.timeStamp;
      if (!action) return;
      event.preventDefault();
      first = '';
      action();
    };
    // Before everybody else: the second key of a pair may be a key of its own to a list.
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
