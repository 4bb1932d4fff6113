import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JOB_COLOUR_COUNT, jobColours } from './job-colours';

const css = readFileSync(new URL('../../components/ui/tokens.css', import.meta.url), 'utf8');
const [lightCss = '', darkCss = ''] = css.split(':root[data-mantine-color-scheme="dark"]');
const palette = (text: string) => [...text.matchAll(/--cairn-job-\d+: (#[0-9a-f]{6});/g)].map(([, hex]) => hex ?? '');

const toLinear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = toLinear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

/** What an eye without red or green cones sees (Machado, Oliveira, Fernandes 2009, full strength), and the usual eye. */
const EYES = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
};

/** A colour in OKLab, as an eye sees it: distances there are about as large as they look. */
function seen(hex: string, eye: number[]): number[] {
  const [r = 0, g = 0, b = 0] = toLinear(hex);
  const [x = 0, y = 0, z = 0] = [0, 3, 6].map((row) =>
    Math.max(0, (eye[row] ?? 0) * r + (eye[row + 1] ?? 0) * g + (eye[row + 2] ?? 0) * b),
  );
  const l = Math.cbrt(0.4122214708 * x + 0.5363325363 * y + 0.0514459929 * z);
  const m = Math.cbrt(0.2119034982 * x + 0.6806995451 * y + 0.1073969566 * z);
  const s = Math.cbrt(0.0883024619 * x + 0.2817188376 * y + 0.6299787005 * z);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

describe.each([
  ['light', palette(lightCss), ['#ffffff', '#f7f8fa', '#eff2f6']],
  ['dark', palette(darkCss), ['#171c26', '#11151d', '#1e2430']],
])('colours of jobs, %s', (_scheme, colours, grounds) => {
  it('are all there and can be told from every surface (3:1)', () => {
    expect(colours).toHaveLength(JOB_COLOUR_COUNT);
    for (const ground of grounds) {
      for (const colour of colours) expect(contrast(colour, ground), `${colour} on ${ground}`).toBeGreaterThan(3);
    }
  });

  it.each(Object.entries(EYES))('neighbours differ to the %s eye', (_name, eye) => {
    colours.forEach((colour, place) => {
      const [a, b] = [seen(colour, eye), seen(colours[(place + 1) % colours.length] ?? '', eye)];
      expect(Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)))).toBeGreaterThan(0.09);
    });
  });
});

describe('jobColours', () => {
  const names = Array.from({ length: 20 }, (_, index) => `job-${index}`);

  it('gives a single job its own colour everywhere', () => {
    for (const name of names) expect(jobColours([name, ...names]).get(name)).toEqual(jobColours([name]).get(name));
  });

  it('repeats no colour among twelve, and tells a repeated one by dashes', () => {
    const colours = [...jobColours(names).values()];
    expect(new Set(colours.slice(0, 12).map(({ css }) => css)).size).toBe(12);
    expect(colours.slice(0, 12).every(({ dash }) => dash === undefined)).toBe(true);
    expect(colours.slice(12).every(({ dash }) => dash !== undefined)).toBe(true);
    expect(new Set(colours.map(({ css, dash }) => `${css}${dash}`)).size).toBe(20);
  });

  it('keeps every colour when a job is added at the end', () => {
    const before = jobColours(names.slice(0, 5));
    const after = jobColours([...names.slice(0, 5), 'one-more']);
    for (const [name, colour] of before) expect(after.get(name)).toEqual(colour);
  });
});
