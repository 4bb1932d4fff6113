import type { LogSpan } from './log-line';

export interface MarkedSpan extends LogSpan {
  /** It holds the words that were looked for. */
  match?: boolean;
}

/** Spans with the words looked for split off and marked, as CloudWatch finds them: exactly, upper and lower case told apart. */
export function markMatches(spans: readonly LogSpan[], words: string): MarkedSpan[] {
  if (words === '') return [...spans];
  return spans.flatMap((span) =>
    span.text
      .split(words)
      .flatMap((text, i): MarkedSpan[] => [
        ...(i > 0 ? [{ ...span, text: words, match: true }] : []),
        ...(text === '' ? [] : [{ ...span, text }]),
      ]),
  );
}
