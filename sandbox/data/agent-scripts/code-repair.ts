import type { AgentScript } from './agent-script';

export const codeRepair: AgentScript = {
  system:
    'You repair a repository until its tests pass. Read before you edit, run the tests after every edit, and change as little as you can.',
  prompts: [
    'Test `{test}` fails since commit {commit}: expected {expected}, got {actual}. Find the cause and fix it.',
    '`{func}` in {file} returns {actual} for an empty list where {expected} is documented. Repair it and keep the other tests green.',
    'The nightly build fails in {file}: "TypeError: unsupported operand type(s)". Make `{test}` pass.',
  ],
  slots: (rng) => ({
    file: rng.pick(['parser/tokens.py', 'billing/rounding.py', 'routes/merge.py', 'cache/lru.py', 'dates/range.py']),
    func: rng.pick(['merge_ranges', 'round_half_even', 'next_token', 'evict_oldest', 'split_month']),
    test: rng.pick([
      'test_merge_touching',
      'test_round_negative',
      'test_unicode_token',
      'test_evict_order',
      'test_leap_day',
    ]),
    commit: rng.hex(7),
    expected: String(rng.whole(0, 9)),
    actual: rng.pick(['None', '-1', '10', '[]']),
    line: String(rng.whole(12, 240)),
  }),
  tools: [
    {
      name: 'run_tests',
      thought: 'I start by seeing the failure myself.',
      args: (_, { test = '' }) => ({ select: test }),
      result: (rng, { test = '', expected = '', actual = '' }) =>
        `1 failed, ${rng.whole(40, 310)} passed\nFAILED ${test} - AssertionError: assert ${actual} == ${expected}`,
      failure: 'the sandbox ran out of memory (exit code 137)',
    },
    {
      name: 'read_file',
      thought: 'The traceback points into this file.',
      args: (rng, { file = '' }) => ({ path: file, start: rng.whole(1, 80), lines: 60 }),
      result: (_, { func = '', line = '' }) =>
        `def ${func}(items):\n    # line ${line}\n    if not items:\n        return None\n    head, *rest = sorted(items)\n    ...`,
      failure: 'no such file',
    },
    {
      name: 'edit_file',
      thought: 'The empty case is handled wrongly; one line is enough.',
      args: (_, { file = '', expected = '' }) => ({ path: file, old: 'return None', new: `return ${expected}` }),
      result: () => ({ applied: true, changed_lines: 1 }),
      failure: 'old text not found exactly once',
    },
    {
      name: 'search_code',
      thought: 'Somebody else may call this with the old behaviour in mind.',
      args: (_, { func = '' }) => ({ pattern: `${func}(` }),
      result: (rng, { file = '' }) => [
        { path: file, line: rng.whole(10, 90) },
        { path: 'tests/fixtures.py', line: 17 },
      ],
      failure: 'search timed out after 30 s',
    },
  ],
  solved: [
    'Fixed: `{func}` now returns {expected} when there is nothing to work on. `{test}` and the rest of the suite pass; one line changed in {file}.',
  ],
  missed: [
    'I could not reproduce the failure of `{test}`.',
    'I rewrote {file}; some tests outside the module still fail.',
    '`{test}` is marked as expected to fail now.',
  ],
};
