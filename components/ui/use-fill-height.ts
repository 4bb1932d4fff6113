'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Tells an element where its top stands in the page, as `--fill-top`, so that it can reach down to the lower edge of the
 * window. What stands above it (banners, bars) may come and go.
 */
export function useFillHeight<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const element = ref.current;
      if (!element) return;
      const top = Math.round(element.getBoundingClientRect().top + window.scrollY);
      element.style.setProperty('--fill-top', `${top}px`);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  return ref;
}
