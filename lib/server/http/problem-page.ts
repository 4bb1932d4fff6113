import 'server-only';
import type { AppError } from '../../contract/app-error';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const toHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** The look of the pages, for the two of them that are not the app's: it must not depend on anything that has to be loaded. */
const STYLE = `
:root{color-scheme:light dark}
body{margin:0;display:grid;place-items:center;min-height:100vh;background:#f7f8fa;color:#131b2a;font:14px/1.5 system-ui,sans-serif}
main{max-width:560px;padding:24px;text-align:center}
h1{margin:0 0 8px;font-size:18px}
p{margin:0 0 4px;overflow-wrap:anywhere}
a{display:inline-block;margin-top:16px;color:#2257c9}
@media (prefers-color-scheme:dark){body{background:#0f131b;color:#e6eaf2}a{color:#8fb3ff}}
`;

/** A page of its own for a request that no page may answer: what is wrong, and a way back. No script. */
export function problemPage(problem: AppError, nonce: string): string {
  const hint = problem.hint ? `<p>${toHtml(problem.hint)}</p>` : '';
  const back = problem.code === 'bad_request' ? '<a href="/">Go to the jobs</a>' : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Address not understood · Cairn</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>${problem.code === 'bad_request' ? 'This address is not understood' : 'This request was refused'}</h1>
<p>${toHtml(problem.message)}</p>${hint}${back}</main></body></html>`;
}
