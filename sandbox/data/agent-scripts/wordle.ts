import type { AgentScript } from './agent-script';

const WORDS = [
  'crane',
  'slate',
  'mound',
  'pithy',
  'glove',
  'brick',
  'whale',
  'ferny',
  'jumpy',
  'stoic',
  'amber',
  'rocky',
];

/** Green for the right letter in the right place, yellow for elsewhere, grey for not at all; each letter counts once. */
export function scoreGuess(secret: string, guess: string): string {
  const marks = Array.from({ length: guess.length }, () => 'grey');
  const left = [...secret];
  for (let i = 0; i < guess.length; i++) {
    if (guess[i] !== secret[i]) continue;
    marks[i] = 'green';
    left[i] = '';
  }
  for (let i = 0; i < guess.length; i++) {
    const at = marks[i] === 'green' ? -1 : left.indexOf(guess[i] ?? '');
    if (at < 0) continue;
    marks[i] = 'yellow';
    left[at] = '';
  }
  return marks.join(' ');
}

export const wordle: AgentScript = {
  system: 'You play a word game: find the hidden word of five letters in six guesses. Call guess once per turn.',
  prompts: ['A new game begins. The word has five letters; you have six guesses.', 'Game {game}: find the word.'],
  slots: (rng) => ({ game: String(rng.whole(100, 9_999)), secret: rng.pick(WORDS) }),
  tools: [
    {
      name: 'guess',
      thought: 'A word with common letters tells most.',
      args: (rng) => ({ word: rng.pick(WORDS) }),
      result: () => ({}),
      failure: 'not in the word list',
    },
  ],
  solved: ['The word is {secret}.'],
  missed: ['I am out of guesses.', 'The word could be ferny, but I am not sure.'],
};
