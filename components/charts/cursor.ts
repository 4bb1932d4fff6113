'use client';

import { useState } from 'react';

/** Where the cross-hair stands, and in which chart the hand is. */
export interface CursorState {
  x: number;
  source: string;
}

/**
 * A cross-hair that charts share. It lives outside React's state, so that moving it draws a line and a few words again and
 * none of the curves.
 */
export interface Cursor {
  get(): CursorState | undefined;
  set(next: CursorState | undefined): void;
  subscribe(listener: () => void): () => void;
}

function createCursor(): Cursor {
  const listeners = new Set<() => void>();
  let state: CursorState | undefined;
  return {
    get: () => state,
    set(next) {
      if (state?.x === next?.x && state?.source === next?.source) return;
      state = next;
      for (const each of listeners) each();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** One cursor for all charts of a view. */
export function useCursor(): Cursor {
  return useState(createCursor)[0];
}
