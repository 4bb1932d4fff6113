/** Where a window stands: the middle in world units, the zoom, and the scale of the axis that the world was made with. */
export interface ViewText {
  x: number;
  y: number;
  zoom: number;
  scale: number;
}

const round = (value: number, digits: number) => Number(value.toPrecision(digits));

/** `x,y,zoom,scale`, short enough for an address. */
export function formatView({ x, y, zoom, scale }: ViewText): string {
  return [Math.round(x), Math.round(y), round(zoom, 3), round(scale, 6)].join(',');
}

/** Undefined for anything that is not such a text, or lies outside of what can be drawn. */
export function parseView(text: string | undefined): ViewText | undefined {
  if (!text || text.length > 80) return undefined;
  const numbers = text.split(',').map(Number);
  const [x, y, zoom, scale] = numbers;
  if (numbers.length !== 4 || x === undefined || y === undefined || !zoom || !scale) return undefined;
  if (!numbers.every((value) => Number.isFinite(value) && Math.abs(value) < 1e9)) return undefined;
  if (zoom < 0.01 || zoom > 4 || scale <= 0) return undefined;
  return { x, y, zoom, scale };
}
