import type { ChartBand, ChartLine } from '@/lib/shared/chart-model';

export type Scale = (value: number) => number | undefined;

/** A tenth of a pixel is more than an eye sees. */
const short = (value: number) => Math.round(value * 10) / 10;

/** An SVG path over all points; a null lifts the pen. */
export function linePath({ xs, ys }: Pick<ChartLine, 'xs' | 'ys'>, toX: Scale, toY: Scale): string {
  let path = '';
  let drawing = false;
  for (let place = 0; place < xs.length; place += 1) {
    const value = ys[place];
    const left = toX(xs[place] ?? Number.NaN);
    const top = value === null || value === undefined ? undefined : toY(value);
    if (left === undefined || top === undefined) drawing = false;
    else {
      path += `${drawing ? 'L' : 'M'}${short(left)},${short(top)}`;
      drawing = true;
    }
  }
  return path;
}

/** Closed shapes between the lows and the highs, one for each stretch without a gap. */
export function bandPath({ xs, lows, highs }: ChartBand, toX: Scale, toY: Scale): string {
  let path = '';
  let upper: string[] = [];
  let lower: string[] = [];
  const close = () => {
    if (upper.length > 0) path += `M${upper.join('L')}L${lower.reverse().join('L')}Z`;
    upper = [];
    lower = [];
  };
  xs.forEach((x, place) => {
    const [low, high] = [lows[place], highs[place]];
    const left = toX(x);
    const top = typeof high === 'number' ? toY(high) : undefined;
    const bottom = typeof low === 'number' ? toY(low) : undefined;
    if (left === undefined || top === undefined || bottom === undefined) close();
    else {
      upper.push(`${short(left)},${short(top)}`);
      lower.push(`${short(left)},${short(bottom)}`);
    }
  });
  close();
  return path;
}

/** The straight line that a linear scale is, in two numbers: asked for each of 40,000 points, the scale itself is slow. */
export function straight(scale: Scale | undefined, [from, to]: readonly [number, number]): Scale {
  const [start, end] = [scale?.(from), scale?.(to)];
  if (start === undefined || end === undefined || from === to) return (value) => scale?.(value);
  const slope = (end - start) / (to - from);
  return (value) => start + (value - from) * slope;
}
