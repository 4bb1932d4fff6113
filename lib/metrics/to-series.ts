/** One point as it came: whatever MLflow wrote, in whatever order. */
export interface RawPoint {
  step: number;
  value: number | null;
  timeMs: number;
}

/** Columns of one metric, in order of steps, each step once. */
export interface SeriesColumns {
  steps: number[];
  values: (number | null)[];
  timesMs: number[];
  /** Points before repeated steps were reduced to their last. */
  total: number;
}

/** SQL back ends of MLflow keep infinities as the largest double (MLflow source). */
const STORED_INFINITY = 1.797e308;

/** A metric value: NaN and infinities, however written, are null. */
export function toMetricValue(value: unknown): number | null {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() ? Number(value) : NaN;
  return Number.isFinite(number) && Math.abs(number) < STORED_INFINITY ? number : null;
}

/** A whole number that came as number or text (int64 travels either way); undefined for anything else. */
export function toWhole(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** A point of a history; undefined when it has no step or time that could be drawn. MLflow leaves out a step of 0. */
export function toRawPoint(value: unknown): RawPoint | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const point = value as Record<string, unknown>;
  const step = toWhole(point.step ?? 0);
  const timeMs = toWhole(point.timestamp ?? 0);
  // A value of 0 may be left out as well: protobuf's default.
  return step === undefined || timeMs === undefined
    ? undefined
    : { step, timeMs, value: toMetricValue(point.value ?? 0) };
}

/** Orders points by step; of a repeated step the last by time stays, and of the same time the last to come. */
export function toSeries(points: readonly RawPoint[], total = points.length): SeriesColumns {
  const ordered = points
    .map((point, order) => ({ point, order }))
    .sort((a, b) => a.point.step - b.point.step || a.point.timeMs - b.point.timeMs || a.order - b.order);
  const kept = ordered.filter(({ point }, i) => ordered[i + 1]?.point.step !== point.step).map(({ point }) => point);
  return {
    steps: kept.map(({ step }) => step),
    values: kept.map(({ value }) => value),
    timesMs: kept.map(({ timeMs }) => timeMs),
    total,
  };
}

/** Columns that grew by a tail: steps that both have are the tail's, unless what is known is younger. */
export function appendTail(known: SeriesColumns, tail: readonly RawPoint[]): SeriesColumns {
  const times = new Map(known.steps.map((step, i) => [step, known.timesMs[i] ?? 0]));
  const news = tail.filter(({ step, timeMs }) => !times.has(step) || timeMs > (times.get(step) ?? 0));
  if (news.length === 0) return known;
  const before = known.steps.map((step, i) => ({
    step,
    value: known.values[i] ?? null,
    timeMs: known.timesMs[i] ?? 0,
  }));
  return toSeries([...before, ...news], known.total + news.length);
}
