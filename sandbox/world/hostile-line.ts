import { hashKey, Rng } from '../rng';

const ESC = '\u001b';
const BEL = '\u0007';

/** What people and programs have put into logs to break whoever shows them. Each must come out as text and nothing else. */
const PARTS: Array<(rng: Rng) => string> = [
  () => '<script>window.__pwned = true</script>',
  () => '<img src=x onerror="window.__pwned = true">',
  () => '"><svg onload=window.__pwned=true>',
  () => 'javascript:window.__pwned=true//',
  () => '</span></div></body></html><!--',
  () => '&lt;b&gt; &amp;amp; &#x3c;script&#x3e;',
  () => '{{constructor.constructor("window.__pwned=true")()}} %{7*7} <%= 7*7 %>',
  (rng) => `${ESC}[${rng.whole(0, 120)};${rng.whole(0, 300)}mcoloured${ESC}[0m`,
  (rng) => `${ESC}[38;5;${rng.whole(0, 255)}m256${ESC}[48;2;1;2;3mtrue${ESC}[m`,
  () => `${ESC}[2J${ESC}[H${ESC}[?1049h${ESC}[6n`,
  () => `${ESC}]0;a title${BEL}${ESC}]8;;javascript:alert(1)${ESC}\\a link${ESC}]8;;${ESC}\\`,
  () => `${ESC}]52;c;cm0gLXJmIC8=${BEL}`,
  () => `${ESC}Pq#0;2;0;0;0#0~~@@vv${ESC}\\`,
  () => `${ESC}[`,
  () => `${ESC}[999999999999999999999m`,
  () => `\u009b31mC1\u009b0m\u0090x\u009c`,
  () => '\u0000\u0001\u0008\u0008\u0008\u007f',
  () => 'progress 10%\rprogress 99%\r',
  () => 'first\nsecond\r\nthird\u2028fourth\u2029fifth',
  () => '\u202egnp.exe\u202c \u2066hidden\u2069 \u200f\u200e',
  () => 'a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308'.repeat(20),
  () => '\ud83d \udc00 \uffff \ufffe \ufffd \ufeff',
  () => '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466} \u{10ffff}',
  () => '{"__proto__":{"polluted":true},"constructor":{"prototype":{"x":1}}}',
  () => `${'['.repeat(400)}${']'.repeat(400)}`,
  () => '{"a":1e999,"b":-0,"c":12345678901234567890,"d":"\\u0000\\ud800"}',
  (rng) => 'x'.repeat(rng.whole(1, 3_000)),
  (rng) => ' \t'.repeat(rng.whole(1, 60)),
  () => '-- DROP TABLE jobs; %s %n %x ../../etc/passwd',
  () => '2026-11-20T00:00:00Z ERROR CRITICAL FATAL Traceback (most recent call last):',
];

/** 256 kB less what CloudWatch adds to each event (AWS docs: 262,144 bytes with 26 of overhead). */
const LONGEST = 262_118;

/**
 * The i-th of endless hostile lines, always the same, each with its number in front so that a reader can tell which one is
 * missing. Some are as long as CloudWatch allows.
 */
export function hostileLine(i: number): string {
  const rng = new Rng(hashKey('hostile-line', i));
  const mark = `hostile-${String(i).padStart(6, '0')}-`;
  if (i % 2_500 === 1_234) return `${mark}${'<b>'.repeat(Math.floor((LONGEST - mark.length) / 3))}`;
  if (i % 400 === 399) {
    return JSON.stringify({ mark, level: 'ERROR', html: '<img src=x onerror=alert(1)>', deep: { a: [1, { b: ESC }] } });
  }
  const parts = Array.from({ length: rng.whole(1, 4) }, () => rng.pick(PARTS)(rng));
  return `${mark} ${parts.join(rng.whole(0, 1) === 1 ? ' ' : '')}`;
}
