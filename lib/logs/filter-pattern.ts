/**
 * Words as a CloudWatch Logs filter pattern that means exactly them: one quoted phrase, found anywhere in a line, upper
 * and lower case told apart. Without the quotes a pattern is a small language (`?`, `-`, `%regex%`, `{ $.json }`).
 * Source: AWS docs, filter pattern syntax.
 */
export function toFilterPattern(words: string): string {
  return `"${words.replace(/[\\"]/g, '\\$&')}"`;
}
