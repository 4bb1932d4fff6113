'use client';

import { useEffect, useRef } from 'react';

/** `[` and `]` anywhere on the page, unless a field, a menu or a dialog has the keys. */
export function useBracketKeys(go: (by: -1 | 1) => void): void {
  const current = useRef(go);
  useEffect(() => {
    current.current = go;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '[' && event.key !== ']') return;
      // Many keyboards reach the brackets by AltGr, which some systems report as Ctrl and Alt.
      const typed = event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey || event.altKey);
      if (event.defaultPrevented || !typed || isTaken(event.target)) return;
      event.preventDefault();
      current.current(event.key === '[' ? -1 : 1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function isTaken(target: EventTarget | null): boolean {
  const inField =
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role="menu"]') !== null;
  return inField || document.querySelector('[role="dialog"]') !== null;
}
