import { describe, expect, it } from 'vitest';
import { parseCheckpointName } from './parse-checkpoint-name';

describe('parseCheckpointName', () => {
  it('reads group and version', () => {
    expect(parseCheckpointName('desk-checkpoint-mpg/41')).toEqual({ group: 'desk-checkpoint-mpg', version: 41 });
  });

  it.each([
    '',
    'desk',
    'desk/',
    '/41',
    'desk/0',
    'desk/-1',
    'desk/1.5',
    'desk/1e3',
    'desk/41/x',
    'a_b/1',
    '<b>/1',
    'desk/99999999999',
  ])('refuses %j', (text) => {
    expect(parseCheckpointName(text)).toBeUndefined();
  });
});
