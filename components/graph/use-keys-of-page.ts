import { type RefObject, useEffect, useEffectEvent } from 'react';

/**
 * Keys that are pressed while nothing on the page has the focus, as after a link was opened. They go to the element at
 * `root`, unless something else on the page was pointed at last and is still there: it may be what is to be scrolled.
 */
export function useKeysOfPage(root: RefObject<HTMLElement | null>, onKey: (event: KeyboardEvent) => void) {
  const press = useEffectEvent(onKey);
  useEffect(() => {
    let pointed: Node | null = null;
    const onPointerDown = ({ target }: PointerEvent) => {
      pointed = target instanceof Node ? target : null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target !== document.body || event.defaultPrevented) return;
      if (pointed?.isConnected && !root.current?.contains(pointed)) return;
      press(event);
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown, true);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [root]);
}
