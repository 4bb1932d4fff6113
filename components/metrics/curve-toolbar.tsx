'use client';

import { Button, Chip, SegmentedControl, Slider, Switch } from '@mantine/core';
import { IconZoomReset } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { AxisMode } from '@/lib/metrics/place-hops';
import { MAX_SMOOTHING } from '@/lib/metrics/smooth';
import { formatInteger } from '@/lib/shared/format';
import classes from './metrics.module.css';
import type { CurveView } from './use-curve-view';

const AXES: { value: AxisMode; label: string }[] = [
  { value: 'step', label: 'Step' },
  { value: 'cumulative', label: 'Cumulative' },
  { value: 'time', label: 'Time' },
];

interface CurveToolbarProps {
  view: CurveView;
  zoomed: boolean;
  /** How many jobs the lineage joins; with one there is nothing to switch off. */
  hops?: number;
  /** The k whose pass@k there is, and those drawn. */
  ks?: readonly number[];
  passKs?: readonly number[];
}

/** How the curves are looked at: axis, smoothing, lineage, zoom. */
export function CurveToolbar({ view, zoomed, hops = 1, ks = [], passKs = [] }: CurveToolbarProps) {
  return (
    <fieldset className={classes.toolbar} aria-label="How the curves are drawn">
      <SegmentedControl
        aria-label="Horizontal axis"
        size="xs"
        value={view.axis}
        onChange={(value) => view.setAxis(value as AxisMode)}
        data={AXES}
      />
      <Smoothing key={view.smoothing} smoothing={view.smoothing} onSmoothing={view.setSmoothing} />
      {hops > 1 || !view.lineage ? (
        <Switch
          size="xs"
          label="Whole lineage"
          checked={view.lineage}
          onChange={(event) => view.setLineage(event.currentTarget.checked)}
        />
      ) : null}
      {ks.length > 1 ? (
        <div className={classes.passes}>
          <span aria-hidden="true">pass@</span>
          <Chip.Group multiple value={passKs.map(String)} onChange={(next) => view.setPassKs(next.map(Number))}>
            {ks.map((k) => (
              <Chip key={k} value={String(k)} size="xs" radius="sm" aria-label={`pass@${k}`}>
                {formatInteger(k)}
              </Chip>
            ))}
          </Chip.Group>
        </div>
      ) : null}
      {zoomed ? (
        <Button variant="default" leftSection={<IconZoomReset size={14} />} onClick={() => view.setZoom(undefined)}>
          Reset zoom
        </Button>
      ) : null}
    </fieldset>
  );
}

/** Follows the hand at once and writes the URL when it lets go. */
function Smoothing({ smoothing, onSmoothing }: { smoothing: number; onSmoothing: (weight: number) => void }) {
  const [value, setValue] = useState(smoothing);
  const id = useId();
  return (
    <div className={classes.smoothing}>
      <span id={id}>Smoothing</span>
      <Slider
        className={classes.slider}
        size="sm"
        min={0}
        max={MAX_SMOOTHING}
        step={0.01}
        label={null}
        value={value}
        onChange={setValue}
        onChangeEnd={onSmoothing}
        thumbLabel="Smoothing"
      />
      <output className={classes.number} aria-labelledby={id}>
        {value === 0 ? 'off' : value.toFixed(2)}
      </output>
    </div>
  );
}
