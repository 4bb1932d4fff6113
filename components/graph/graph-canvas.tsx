'use client';

import '@xyflow/react/dist/base.css';
import {
  type Node,
  ReactFlow,
  ReactFlowProvider,
  type ReactFlowState,
  type Transform,
  useReactFlow,
  useStore,
  useStoreApi,
  type Viewport,
  ViewportPortal,
} from '@xyflow/react';
import {
  type CSSProperties,
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { PositionedGraph } from '@/lib/shared/graph-model';
import { BarNode } from './bar-node';
import classes from './graph.module.css';
import { type Callout, GraphCallout } from './graph-callout';
import { GraphContext, type GraphState } from './graph-context';
import { GraphTools } from './graph-tools';
import { LinksLayer } from './links-layer';
import { MarkNode } from './mark-node';
import { Minimap } from './minimap';
import { contains, detailAt, labelPxAt, pickVisible, type Rect } from './pick-visible';
import { Ruler } from './ruler';
import { type Direction, travel } from './travel';
import { useKeysOfPage } from './use-keys-of-page';
import { viewAfter } from './view-after';
import { beginAt, type GraphView, MIN_ZOOM, viewOf, viewOfAll } from './view-of';

export interface GraphHandle {
  /** Moves so that a node is in the middle, near enough to be read. */
  flyTo(id: string): void;
  showAll(): void;
}

interface GraphCanvasProps {
  graph: PositionedGraph;
  label: string;
  selectedId?: string;
  onSelect: (id: string | undefined) => void;
  onOpenTick?: GraphState['onOpenTick'];
  onToggleMore?: GraphState['onToggleMore'];
  /** What is opened in its place; a new `id` is another opening. */
  callout?: Callout & { id: string };
  /** Where to begin; the whole graph when absent. */
  initialView?: GraphView;
  /** The node to begin at, where there is no view. */
  initialId?: string;
  /** After a move has come to rest. */
  onView?: (view: GraphView) => void;
  ref?: Ref<GraphHandle>;
}

const NODE_TYPES = { bar: BarNode, mark: MarkNode };
const MAX_ZOOM = 2;
const BAR_PX = 36;
const MARK_PX = 28;
const FLY_MS = 160;
const KEYS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'before',
  PageDown: 'after',
};

/**
 * A positioned graph on React Flow: pan, zoom, arrow keys along bars and links. Only what is in sight becomes a node. What is
 * added never moves the view; another layout takes it along.
 */
export function GraphCanvas(props: GraphCanvasProps) {
  const room = useRef<HTMLDivElement>(null);
  const [begin, setBegin] = useState<Begin>();
  // Measured before the first paint and once: with its size and its view known, the first picture is drawn in one go.
  useLayoutEffect(() => {
    if (begin || !room.current) return;
    const { clientWidth: width, clientHeight: height } = room.current;
    setBegin({ width, height, viewport: beginAt(props, { width, height }) });
  });
  return (
    <div ref={room} className={classes.room}>
      {begin ? (
        <ReactFlowProvider initialWidth={begin.width} initialHeight={begin.height}>
          <Canvas {...props} begin={begin.viewport} />
        </ReactFlowProvider>
      ) : null}
    </div>
  );
}

interface Begin {
  width: number;
  height: number;
  viewport: Viewport;
}

function Canvas(props: GraphCanvasProps & { begin: Viewport }) {
  const { graph, label, selectedId, onSelect, onOpenTick, onToggleMore, callout, onView, initialView, begin, ref } =
    props;
  const flow = useReactFlow();
  const store = useStoreApi();
  const root = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const wantsFocus = useRef(false);
  /** What the canvas does by itself at its beginning is no view that somebody chose. */
  const touched = useRef(false);
  const touch = () => {
    touched.current = true;
  };
  const detail = useStore((state) => detailAt(transformOf(state, begin)[2]));
  const labelPx = useStore((state) => labelPxAt(transformOf(state, begin)[2]));
  const cover = useCover(begin);
  const known = useMemo(() => new Set([...graph.bars, ...graph.marks].map(({ id }) => id)), [graph]);
  const activeId = active && known.has(active) ? active : (selectedId ?? graph.bars.at(-1)?.id);

  const nodes = useMemo(() => {
    if (!cover) return [];
    const { bars, marks } = pickVisible(graph, cover, detail, activeId);
    return [
      ...bars.map(
        (bar): Node => ({
          id: bar.id,
          type: 'bar',
          position: { x: bar.x, y: bar.y - BAR_PX / 2 },
          width: bar.width,
          height: BAR_PX,
          data: bar as unknown as Record<string, unknown>,
        }),
      ),
      ...marks.map(
        (mark): Node => ({
          id: mark.id,
          type: 'mark',
          position: { x: mark.x - MARK_PX / 2, y: mark.y - MARK_PX / 2 },
          width: MARK_PX,
          height: MARK_PX,
          zIndex: mark.star ? 3 : 2,
          data: mark as unknown as Record<string, unknown>,
        }),
      ),
    ];
  }, [graph, cover, detail, activeId]);

  const showAll = useCallback(
    () => void flow.setViewport(viewOfAll(graph, store.getState()), { duration: motion(FLY_MS) }),
    [flow, store, graph],
  );

  const flyTo = useCallback(
    (id: string) => {
      const zoom = Math.max(flow.getZoom(), 1);
      const target = viewOf(graph, id, store.getState().width, zoom);
      if (!target) return;
      setActive(id);
      void flow.setCenter(target.x, target.y, { zoom, duration: motion(FLY_MS) });
    },
    [flow, store, graph],
  );
  useImperativeHandle(ref, () => ({ flyTo, showAll }), [flyTo, showAll]);

  const laidOut = useRef(graph);
  // Before the paint, so that no empty picture is ever seen.
  useLayoutEffect(() => {
    const before = laidOut.current;
    laidOut.current = graph;
    const { transform, width, height, panZoom } = store.getState();
    if (before === graph || !panZoom) return;
    const [x, y, zoom] = transform;
    const next = viewAfter(before, graph, { x, y, zoom }, { width, height }, selectedId);
    if (!next) return;
    // An address that holds a view must hold this one.
    if (initialView) touched.current = true;
    void flow.setViewport(next);
  }, [graph, store, flow, selectedId, initialView]);

  // A key press may lead to what is not in the page yet: it is focused once it is.
  useEffect(() => {
    if (!wantsFocus.current || activeId === undefined) return;
    const element = root.current?.querySelector<HTMLElement>(`[data-graph-id="${CSS.escape(activeId)}"]`);
    if (!element) return;
    wantsFocus.current = false;
    element.focus({ preventScroll: true });
  });

  const onKeyDown = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'preventDefault'>) => {
    const direction = KEYS[event.key];
    if (event.key === 'Escape' && selectedId !== undefined) {
      onSelect(undefined);
      return;
    }
    if (!direction || event.ctrlKey || event.metaKey || event.altKey || activeId === undefined) return;
    event.preventDefault();
    const next = travel(graph, activeId, direction);
    if (next === undefined) return;
    wantsFocus.current = true;
    setActive(next);
    reveal(next);
  };

  /** Moves only as far as needed. */
  const reveal = (id: string) => {
    const target = graph.marks.find((each) => each.id === id) ?? graph.bars.find((each) => each.id === id);
    if (!target) return;
    const { transform, width, height } = store.getState();
    const [shiftX, shiftY, zoom] = transform;
    const x = target.x * zoom + shiftX;
    const y = target.y * zoom + shiftY;
    const tooFar = detailAt(zoom) === 'far';
    if (!tooFar && x > 60 && x < width - 120 && y > 60 && y < height - 60) return;
    void flow.setCenter(target.x, target.y, { zoom: tooFar ? 0.7 : zoom, duration: motion(FLY_MS) });
  };

  useKeysOfPage(root, (event) => {
    if (KEYS[event.key]) touch();
    onKeyDown(event);
  });

  const state = useMemo<GraphState>(
    () => ({ detail, activeId, selectedId, onSelect, onActive: setActive, onOpenTick, onToggleMore }),
    [detail, activeId, selectedId, onSelect, onOpenTick, onToggleMore],
  );

  return (
    <GraphContext value={state}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the nodes inside; one listener serves all of them */}
      <div
        ref={root}
        className={classes.canvas}
        style={{ '--label-px': `${labelPx}px` } as CSSProperties}
        data-detail={detail}
        onKeyDown={onKeyDown}
        onKeyDownCapture={touch}
        onPointerDownCapture={touch}
        onWheelCapture={touch}
      >
        <ReactFlow
          aria-label={label}
          nodes={nodes}
          nodeTypes={NODE_TYPES}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          zoomOnDoubleClick={false}
          proOptions={{ hideAttribution: true }}
          defaultViewport={begin}
          onMoveEnd={(_, { x, y, zoom }) => {
            if (!touched.current) return;
            const { width, height } = store.getState();
            onView?.({ x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom, zoom });
          }}
        >
          <ViewportPortal>
            <LinksLayer graph={graph} />
          </ViewportPortal>
        </ReactFlow>
        <Ruler ruler={graph.ruler} />
        <GraphTools onShowAll={showAll} />
        <Minimap graph={graph} />
        {callout ? <GraphCallout key={callout.id} {...callout} /> : null}
      </div>
    </GraphContext>
  );
}

const motion = (ms: number) => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms);

/** React Flow takes its first view over after the first render; until then it says that it stands at the origin. */
const transformOf = ({ panZoom, transform }: ReactFlowState, begin: Viewport): Transform =>
  panZoom ? transform : [begin.x, begin.y, begin.zoom];

/** More than the window shows, so that a short move needs no new nodes. Changes only when the window leaves it. */
function useCover(begin: Viewport): Rect | undefined {
  const kept = useRef<{ rect: Rect; zoom: number }>(undefined);
  return useStore((state) => {
    const { width, height } = state;
    const [shiftX, shiftY, zoom] = transformOf(state, begin);
    if (width === 0) return undefined;
    const rect = { x: -shiftX / zoom, y: -shiftY / zoom, width: width / zoom, height: height / zoom };
    const old = kept.current;
    if (old && contains(old.rect, rect) && zoom < old.zoom * 1.6) return old.rect;
    const around = {
      x: rect.x - rect.width * 0.4,
      y: rect.y - rect.height * 0.4,
      width: rect.width * 1.8,
      height: rect.height * 1.8,
    };
    kept.current = { rect: around, zoom };
    return around;
  });
}
