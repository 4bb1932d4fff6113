'use client';

import { type RefCallback, useCallback } from 'react';

const VARIABLE = '--cairn-page-header-height';

/**
 * Tells the page how tall its sticky header is, so that what sticks below it and what the browser scrolls into view stay
 * clear of it. The height changes with the width and with what the job has to say.
 */
export function useStickyHeight<T extends HTMLElement>(): RefCallback<T> {
  return useCallback((element: T | null) => {
    if (!element) return;
    const root = document.documentElement;
    const observer = new ResizeObserver(() => root.style.setProperty(VARIABLE, `${element.offsetHeight}px`));
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.style.removeProperty(VARIABLE);
    };
  }, []);
}
