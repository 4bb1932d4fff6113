type Domain = [number, number];

/** A zoom as it stands in a URL: `12..48`; undefined for what is none. */
export function parseZoom(text: string | null): Domain | undefined {
  const [from, to, more] = (text ?? '').split('..').map((part) => (part === '' ? Number.NaN : Number(part)));
  if (more !== undefined || from === undefined || to === undefined) return undefined;
  return Number.isFinite(from) && Number.isFinite(to) && from < to ? [from, to] : undefined;
}

/** A zoom as text, rounded to what an eye can tell of it. */
export function formatZoom([from, to]: readonly [number, number]): string {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(to - from || 1)));
  const round = (value: number) => String(Number(value.toFixed(Math.min(digits, 6))));
  return `${round(from)}..${round(to)}`;
}

/** A wished zoom kept inside what there is; undefined where it would show all of it, or nothing. */
export function clampZoom(
  wish: readonly [number, number],
  extent: readonly [number, number] | undefined,
): Domain | undefined {
  if (!extent) return undefined;
  const from = Math.max(extent[0], wish[0]);
  const to = Math.min(extent[1], wish[1]);
  if (!(from < to) || (from === extent[0] && to === extent[1])) return undefined;
  return [from, to];
}
