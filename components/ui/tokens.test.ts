import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokens(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf('\n}', start));
  return Object.fromEntries(
    [...body.matchAll(/--cairn-([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const light = tokens(':root');
const dark = { ...light, ...tokens(':root[data-mantine-color-scheme="dark"]') };
const SURFACES = ['bg', 'surface', 'raised', 'sunken'];
const TEXTS = ['text', 'dim', 'accent'];
const TONES = [
  ...['running', 'pending', 'completed', 'failed', 'stopped', 'unknown'],
  ...['resumable', 'model', 'evaluation', 'accent'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('%s colours', (_scheme, palette) => {
  const pairs = [
    ...[...TEXTS, ...TONES].flatMap((ink) => SURFACES.map((ground) => [ink, ground] as const)),
    ...TONES.map((tone) => [tone, `${tone}-soft`] as const),
    ...TONES.map((tone) => ['text', `${tone}-soft`] as const),
  ];

  it.each(pairs)('%s can be read on %s (4.5:1)', (ink, ground) => {
    expect(contrast(palette[ink] ?? '', palette[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SURFACES)('the strong line is a visible mark on %s (3:1)', (ground) => {
    expect(contrast(palette['line-strong'] ?? '', palette[ground] ?? '')).toBeGreaterThanOrEqual(3);
  });
});
