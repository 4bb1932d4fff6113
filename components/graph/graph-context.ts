'use client';

import { createContext, useContext } from 'react';
import type { Detail } from './pick-visible';

export interface GraphState {
  detail: Detail;
  /** The one node that Tab reaches. */
  activeId: string | undefined;
  selectedId: string | undefined;
  onSelect: (id: string) => void;
  onActive: (id: string) => void;
  /** A stroke of a bar: a range of what was counted. */
  onOpenTick?: (tickId: string) => void;
  onToggleMore?: (barId: string) => void;
}

const Context = createContext<GraphState | undefined>(undefined);

export const GraphContext = Context.Provider;

/** What all nodes of one canvas share. Throws outside of one. */
export function useGraph(): GraphState {
  const state = useContext(Context);
  if (!state) throw new Error('a graph node stands outside a GraphCanvas');
  return state;
}
