'use client';

import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { GraphCanvas, type GraphHandle } from '@/components/graph/graph-canvas';
import { GraphPicture } from '@/components/graph/graph-picture';
import { useTickingText } from '@/components/ui/aws-clock';
import { StaleNote } from '@/components/ui/stale-note';
import { useHydrated } from '@/components/ui/use-hydrated';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { GetLineageResponse } from '@/lib/contract/lineage';
import { layoutLanes } from '@/lib/lineage/layout';
import { placeOfRange, prepareGraph } from '@/lib/lineage/prepare-graph';
import { findSelected, toFocus } from '@/lib/lineage/selection';
import { lineageQuery } from '@/lib/queries/lineage-query';
import classes from './lineage.module.css';
import { LineageList } from './lineage-list';
import { LineagePanel } from './lineage-panel';
import { LineageSkeleton } from './lineage-skeleton';
import type { LineageSlots } from './lineage-slots';
import { LineageProblem, NothingToShow } from './lineage-states';
import { LineageToolbar } from './lineage-toolbar';
import { RangeSteps } from './range-steps';
import { type LineageView, useLineageView } from './use-lineage-view';

/** A running lane grows to the right this often. */
const GROW_EVERY_MS = 10_000;
const PHONE = '(max-width: 48em)';

/** The lineage of a region: graph or list, filters, and what is known of the thing selected. */
export function LineageScreen({ region, slots }: { region: string; slots: LineageSlots }) {
  const view = useLineageView();
  const { data, error, isPending, isFetching, refetch } = useQuery(lineageQuery(region, view.search));
  return (
    <div className={classes.screen} data-fill>
      <VisuallyHidden>
        <h1>Lineage</h1>
      </VisuallyHidden>
      {data ? (
        <>
          {error ? <StaleNote message={error.message} onRetry={() => void refetch()} retrying={isFetching} /> : null}
          <Loaded region={region} slots={slots} view={view} data={data} />
        </>
      ) : error && !isPending ? (
        <LineageProblem error={error} onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        <LineageSkeleton />
      )}
    </div>
  );
}

interface LoadedProps {
  region: string;
  slots: LineageSlots;
  view: LineageView;
  data: GetLineageResponse;
}

function Loaded({ region, slots, view, data }: LoadedProps) {
  const canvas = useRef<GraphHandle>(null);
  const hydrated = useHydrated();
  const phone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  // The server does not know the window, so the first picture is the same for all.
  const shown = view.view ?? (hydrated && phone ? 'list' : 'graph');
  const nowMs = Number(useTickingText((ms) => String(Math.ceil(ms / GROW_EVERY_MS) * GROW_EVERY_MS)));
  // The scale is chosen once for each axis: a new job must not stretch what is on the screen.
  const [scales, setScales] = useState<Partial<Record<LineageView['axis'], number>>>(
    view.at ? { [view.axis]: view.at.scale } : {},
  );
  const layout = useMemo(
    () => layoutLanes(data.lanes, { axis: view.axis, nowMs, scale: scales[view.axis] }),
    [data.lanes, view.axis, nowMs, scales],
  );
  if (data.lanes.length > 0 && scales[view.axis] === undefined) setScales({ ...scales, [view.axis]: layout.scale });
  const graph = useMemo(() => prepareGraph(layout, data.best), [layout, data.best]);
  const selected = useMemo(() => findSelected(data, view.words.focus), [data, view.words.focus]);

  const flyTo = useRef<string>(undefined);
  useEffect(() => {
    const id = flyTo.current && findSelected(data, flyTo.current)?.id;
    if (!id) return;
    flyTo.current = undefined;
    canvas.current?.flyTo(id);
  }, [data]);
  /** Selects a thing that may be out of sight, or not in the answer yet. */
  const goTo = useCallback(
    (focus: string) => {
      const known = findSelected(data, focus)?.id;
      if (known) canvas.current?.flyTo(known);
      else flyTo.current = focus;
      view.select(focus, known === undefined);
    },
    [data, view.select],
  );
  const { select, setAt, setRange, change, words } = view;
  const onSelect = useCallback(
    (id: string | undefined) => select(id === undefined ? undefined : toFocus(data, id)),
    [data, select],
  );
  const toggleBelow = useCallback((lane: string) => change(toggled(words, data, lane)), [change, words, data]);
  const onView = useCallback(
    (at: { x: number; y: number; zoom: number }) => setAt({ ...at, scale: layout.scale }),
    [setAt, layout.scale],
  );

  const { range } = view;
  // In its place on the graph; in the panel where there is no graph, or not this lane on it.
  const place = range && shown === 'graph' ? placeOfRange(graph, range) : undefined;
  const closeRange = () => setRange(undefined);
  const callout =
    range && place
      ? {
          id: range,
          ...place,
          label: 'Opened range of checkpoints',
          content: <RangeSteps region={region} view={view} range={range} onGoTo={goTo} onClose={closeRange} inPlace />,
          onClose: closeRange,
        }
      : undefined;
  const rangeInPanel = place ? undefined : range;
  const openRange = (next: string | undefined) => {
    setRange(next);
    // From the panel, so that its lane may be anywhere.
    if (next) canvas.current?.flyTo(next.split('@')[0] ?? '');
  };

  return (
    <>
      <LineageToolbar region={region} view={view} data={data} shown={shown} graph={graph} onGoTo={goTo} />
      <div className={classes.stage} data-panel={selected ? true : undefined}>
        <div className={classes.main}>
          {data.lanes.length === 0 ? (
            <NothingToShow view={view} data={data} />
          ) : shown === 'list' ? (
            <LineageList data={data} selectedId={selected?.id} onSelect={onSelect} onToggleBelow={toggleBelow} />
          ) : hydrated ? (
            <GraphCanvas
              key={view.axis}
              ref={canvas}
              graph={graph}
              label="Lineage of jobs"
              selectedId={selected?.id}
              onSelect={onSelect}
              onOpenTick={setRange}
              onToggleMore={toggleBelow}
              callout={callout}
              initialView={view.at}
              initialId={selected?.id}
              onView={onView}
            />
          ) : view.at || selected ? null : (
            <div className={classes.picture}>
              <GraphPicture graph={graph} />
            </div>
          )}
        </div>
        {selected || rangeInPanel ? (
          <LineagePanel
            region={region}
            slots={slots}
            view={view}
            data={data}
            selected={selected}
            range={rangeInPanel}
            onOpenRange={openRange}
            onGoTo={goTo}
            onToggleBelow={toggleBelow}
          />
        ) : null}
      </div>
    </>
  );
}

/** What the address says after the jobs below a lane were shown or hidden. */
function toggled(words: LineageView['words'], data: GetLineageResponse, lane: string) {
  const list = (text: string | undefined) => (text ?? '').split(',').filter(Boolean);
  const without = (text: string | undefined) => list(text).filter((each) => each !== lane);
  const hidden = data.lanes.find(({ id }) => id === lane)?.hidden;
  const close = !hidden;
  return {
    closed: (close ? [...without(words.closed), lane] : without(words.closed)).join(','),
    open: (close ? without(words.open) : hidden?.closed ? list(words.open) : [...without(words.open), lane]).join(','),
  };
}
