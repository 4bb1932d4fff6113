import { expect, it } from 'vitest';
import { sparkPath } from './spark-path';

it.each([
  ['from the lowest at the bottom to the highest at the top', [0, 1], 'M0.0 16.5L10.0 1.5'],
  ['with a gap where a value is missing', [0, null, 1], 'M0.0 16.5M10.0 1.5'],
  ['level in the middle', [3, 3], 'M0.0 9.0L10.0 9.0'],
  ['of nothing', [], ''],
])('draws a curve %s', (_what, values, path) => expect(sparkPath(values, 10, 18)).toBe(path));
