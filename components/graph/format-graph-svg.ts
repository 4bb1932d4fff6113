import type { GraphBar, GraphMark, PositionedGraph } from '@/lib/shared/graph-model';
import { linkPath } from './link-path';
import { PIN } from './mark-glyph';

const MARGIN = 32;
const FONT = "Inter, 'Helvetica Neue', Arial, sans-serif";
const DASHES = { solid: '', dashed: '7 5', dotted: '0.1 5', faint: '2 6' } as const;
/** Behind a bar's end stand its state and what is hidden below it. */
const RIGHT = 180;

/** The picture's size in pixels. */
export const exportSize = ({ width, height }: Pick<PositionedGraph, 'width' | 'height'>) => ({
  width: Math.ceil(width + MARGIN + RIGHT),
  height: Math.ceil(height + 2 * MARGIN + 16),
});

/**
 * A positioned graph as the text of an SVG file that needs nothing else. `lookUp` gives the value of a custom property of the
 * page (`--cairn-model`), so that the picture has the colours of the theme that is on.
 */
export function formatGraphSvg(graph: PositionedGraph, lookUp: (property: string) => string): string {
  const paint = (css: string) => css.replace(/var\((--[\w-]+)\)/g, (_, name: string) => lookUp(name) || '#808080');
  const { width, height } = exportSize(graph);
  const surface = paint('var(--cairn-surface)');
  const text = paint('var(--cairn-text)');
  const dim = paint('var(--cairn-dim)');
  const parts = [
    ...graph.ruler.map(({ x, label }) => write(x, -12, label, dim, 11)),
    ...graph.links.map(
      (link) =>
        `<path d="${linkPath(link)}" fill="none" stroke="${paint(link.colours[0])}" stroke-width="${link.strong ? 4 : 2}" stroke-linecap="${link.kind === 'dotted' ? 'round' : 'butt'}" stroke-dasharray="${DASHES[link.kind]}"><title>${escapeXml(link.description)}</title></path>`,
    ),
    ...graph.bars.map((bar) => drawBar(bar, { paint, surface, text, dim })),
    ...graph.marks.map((mark) => drawMark(mark, paint, surface, text)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN - 16} ${width} ${height}" font-family="${escapeXml(FONT)}"><rect x="${-MARGIN}" y="${-MARGIN - 16}" width="${width}" height="${height}" fill="${surface}"/>${parts.join('')}</svg>`;
}

interface Paints {
  paint: (css: string) => string;
  surface: string;
  text: string;
  dim: string;
}

function drawBar(bar: GraphBar, { paint, surface, text, dim }: Paints): string {
  const colour = paint(bar.colour);
  const tall = bar.pill ? 22 : 16;
  const shape = `<rect x="${bar.x}" y="${bar.y - tall / 2}" width="${bar.width}" height="${tall}" rx="${tall / 2}" fill="${surface}"/><rect x="${bar.x}" y="${bar.y - tall / 2}" width="${bar.width}" height="${tall}" rx="${tall / 2}" fill="${colour}" fill-opacity="${bar.strong ? 0.6 : 0.25}" stroke="${colour}" stroke-width="1.5"><title>${escapeXml(bar.description)}</title></rect>`;
  const label = write(bar.x, bar.y - 16, cut(bar.label, bar.labelWidth), text, 12);
  const state = paint(`var(--cairn-${bar.tone})`);
  const end = bar.pill
    ? write(
        bar.x + bar.width / 2,
        bar.y + 4,
        bar.value ?? bar.note ?? '',
        paint('var(--cairn-evaluation)'),
        12,
        'middle',
      )
    : `<circle cx="${bar.x + bar.width + 13}" cy="${bar.y}" r="6" fill="${state}"><title>${escapeXml(bar.note ?? '')}</title></circle>`;
  const more = bar.more ? write(bar.x + bar.width + 28, bar.y + 4, `+${bar.more.count}`, dim, 12) : '';
  return shape + label + end + more;
}

function drawMark(mark: GraphMark, paint: (css: string) => string, surface: string, text: string): string {
  const { x, y } = mark;
  const amber = paint('var(--cairn-resumable)');
  const teal = paint('var(--cairn-model)');
  const ring =
    mark.star || mark.ring
      ? `<circle cx="${x}" cy="${y}" r="12" fill="${surface}" stroke="${paint('var(--cairn-best)')}" stroke-width="2"/>`
      : '';
  const hexagon = `<path d="M${x} ${y - 8}l7 4v8l-7 4l-7-4v-8Z" fill="${amber}" stroke="${surface}" stroke-width="1.5"/>`;
  const shapes = {
    hexagon,
    circle: `<circle cx="${x}" cy="${y}" r="7" fill="${teal}" stroke="${surface}" stroke-width="1.5"/>`,
    twins: `${hexagon}<circle cx="${x}" cy="${y}" r="4.6" fill="${teal}" stroke="${surface}" stroke-width="1"/>`,
    unknown: `<circle cx="${x}" cy="${y}" r="6" fill="${surface}" stroke="${paint('var(--cairn-unknown)')}" stroke-width="2" stroke-dasharray="3 2"/>`,
  };
  const pin = mark.pinned
    ? `<path d="${PIN}" transform="translate(${x + 3} ${y - 19}) scale(0.6)" fill="${paint('var(--cairn-accent)')}" stroke="${surface}" stroke-width="4" paint-order="stroke"/>`
    : '';
  const words = mark.value === undefined ? mark.label : `${mark.label} · ${mark.value}`;
  return `<g><title>${escapeXml(mark.description)}</title>${ring}${shapes[mark.shape]}${pin}</g>${mark.crowded ? '' : write(x, y + 24, words, text, 11, 'middle')}`;
}

function write(x: number, y: number, words: string, colour: string, size: number, anchor = 'start'): string {
  return `<text x="${x}" y="${y}" fill="${colour}" font-size="${size}" text-anchor="${anchor}">${escapeXml(words)}</text>`;
}

/** About seven pixels a letter at 12 px. */
function cut(words: string, widthPx: number): string {
  const letters = Math.max(4, Math.floor(widthPx / 7));
  return words.length > letters ? `${words.slice(0, letters - 1)}…` : words;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeXml = (words: string) => words.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
