/** The path of a small curve in a box of pixels. A null lifts the pen; a level curve lies in the middle. */
export function sparkPath(values: readonly (number | null)[], widthPx: number, heightPx: number): string {
  const real = values.filter((value) => value !== null);
  const low = Math.min(...real);
  const span = Math.max(...real) - low;
  const step = widthPx / Math.max(1, values.length - 1);
  let path = '';
  let drawing = false;
  values.forEach((value, place) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const fraction = span > 0 ? (value - low) / span : 0.5;
    const top = 1.5 + (1 - fraction) * (heightPx - 3);
    path += `${drawing ? 'L' : 'M'}${(place * step).toFixed(1)} ${top.toFixed(1)}`;
    drawing = true;
  });
  return path;
}
