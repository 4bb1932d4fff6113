// Texts that must be shown and never run, cut or turned around.

const ESC = '\u001b';

export const SCRIPT = '<script>window.__owned = true; alert("owned")</script>';
export const IMAGE = '<img src=x onerror="window.__owned = true">';
export const ANSI = `${ESC}[31mred alert${ESC}[0m ${ESC}[2J${ESC}]0;owned\u0007`;
/** Arabic and Hebrew, and a right-to-left override that would turn the rest of a line around. */
export const RIGHT_TO_LEFT = 'فشل التدريب שגיאה \u202etxt.exe\u202c';
export const EMOJI = '🧗🏽‍♀️ 👩‍👩‍👧‍👦 ☠️ \u200b(zero width)';
export const FORMULA = '=HYPERLINK("http://attacker.invalid","click")';
export const TEMPLATE = `{{constructor.constructor("return 1")()}} \${7*7} %s %d`;
export const CONTROL = 'line one\nline two\r\ttabbed\u0000null';

/** As long as a failure reason can be. */
export const LONG_REASON = `${SCRIPT}${IMAGE} ${RIGHT_TO_LEFT} ${EMOJI} ${'very long '.repeat(120)}`.slice(0, 1024);

export const LOG_TEXTS: readonly string[] = [
  SCRIPT,
  IMAGE,
  ANSI,
  RIGHT_TO_LEFT,
  EMOJI,
  FORMULA,
  TEMPLATE,
  'x'.repeat(20_000),
  '{"level":"info","msg":"a JSON line","nested":{"a":[1,2,3]}}',
  '',
];
