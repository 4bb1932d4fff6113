import { describe, expect, it } from 'vitest';
import { makeCheckpoint } from '../actions/test-data';
import { nextActions } from './next-actions';

const open = (change: Parameters<typeof makeCheckpoint>[0]) =>
  nextActions(makeCheckpoint(change)).flatMap(({ action, why }) => (why === undefined ? [action] : []));

describe('nextActions', () => {
  it.each<[string, Parameters<typeof makeCheckpoint>[0], string[]]>([
    ['a resumable checkpoint is resumed', {}, ['resume']],
    ['a model checkpoint is iterated on and evaluated', { kind: 'model' }, ['iterate', 'evaluate']],
    ['a package nobody made is not resumed', { job: undefined }, []],
    [
      'a model checkpoint nobody made still has its weights',
      { kind: 'model', job: undefined },
      ['iterate', 'evaluate'],
    ],
    ['one AWS has not described goes nowhere', { kind: 'unknown' }, []],
    ['a failed one goes nowhere', { kind: 'model', packageStatus: 'Failed' }, []],
    ['one being deleted goes nowhere', { packageStatus: 'Deleting' }, []],
  ])('%s', (_, change, actions) => {
    expect(open(change)).toEqual(actions);
  });
});
