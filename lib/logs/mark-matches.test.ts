import { expect, it } from 'vitest';
import { markMatches } from './mark-matches';

it('marks each place the words stand, in the style that was there', () => {
  expect(markMatches([{ text: 'loss=1 loss=2', colour: 'red' }, { text: ' Loss' }], 'loss')).toEqual([
    { text: 'loss', colour: 'red', match: true },
    { text: '=1 ', colour: 'red' },
    { text: 'loss', colour: 'red', match: true },
    { text: '=2', colour: 'red' },
    { text: ' Loss' },
  ]);
});

it('leaves everything as it is when there is nothing to look for', () => {
  expect(markMatches([{ text: 'a' }], '')).toEqual([{ text: 'a' }]);
});
