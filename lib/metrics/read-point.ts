import type { ChartModel, ChartReading } from '../shared/chart-model';
import { formatInteger } from '../shared/format';
import { formatDuration } from '../shared/time';
import { firstAtLeast } from './thin-series';

/** What the curves say at a stop, out of every point and not of those drawn. A curve without a point there is left out. */
export function readAt(model: ChartModel, x: number, format: (value: number, lineId: string) => string): ChartReading {
  const values = model.lines.flatMap((line) => {
    const place = firstAtLeast(line.xs, x);
    const value = line.xs[place] === x ? line.ys[place] : undefined;
    if (value === undefined) return [];
    return [
      {
        id: line.id,
        label: line.label,
        colour: line.colour,
        text: value === null ? 'not a number' : format(value, line.id),
      },
    ];
  });
  const bands = model.bands.flatMap((band) => {
    const place = firstAtLeast(band.xs, x);
    const [low, high] = [band.lows[place], band.highs[place]];
    if (band.xs[place] !== x || low === null || high === null || low === undefined || high === undefined) return [];
    return [
      {
        id: band.id,
        label: band.label,
        colour: band.colour,
        text: `${format(low, band.id)} to ${format(high, band.id)}`,
      },
    ];
  });
  return { title: titleOf(model, x), values: [...values.reverse(), ...bands], notes: [] };
}

/** `Step 41`, or how long after the start. */
export function titleOf(model: ChartModel, x: number): string {
  if (model.xKind === 'step') return `Step ${formatInteger(x)}`;
  return `${formatDuration(x - (model.zeroMs ?? x))} after the start`;
}
