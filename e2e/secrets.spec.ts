import { REGION } from './cairn';
import { expect, test } from './fixtures';

const SECRET = 'hush-this-is-the-secret-key-7c1e';
const TOKEN = 'hush-this-is-the-session-token-7c1e';
const FAILED = 'support-desk-gpt-oss-20b-1120';

test.use({
  env: { AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN, CAIRN_LOG_LEVEL: 'trace' },
  expectedComplaints: [/Failed to load resource/],
});

test('credentials reach no page, no answer and no line of the log, not even when everything fails', async ({
  cairn,
  page,
}) => {
  // Thirty pages, most of them while every call to AWS fails after three attempts.
  test.setTimeout(360_000);
  const answers: string[] = [];
  page.on('response', async (response) => {
    // A stream has no end to wait for.
    if (/event-stream|font|image/.test(response.headers()['content-type'] ?? '')) return;
    answers.push(await response.text().catch(() => ''));
  });
  const visit = async () => {
    for (const path of [
      'jobs',
      ...['', '/logs', '/config', '/checkpoints'].map((tab) => `jobs/AgentRFT/${FAILED}${tab}`),
    ]) {
      await page.goto(`/${REGION}/${path}`);
      await expect(page.getByRole('main')).toBeVisible();
      answers.push(await page.content());
    }
    for (const path of ['/api/health', `/api/${REGION}/jobs`, `/api/${REGION}/jobs/AgentRFT/${FAILED}/logs?q=x`]) {
      answers.push(await (await fetch(new URL(path, cairn.url))).text());
    }
  };
  await visit();
  for (const kind of ['access-denied', 'broken-body', 'error'] as const) {
    await cairn.control.setFaults([{ operation: '*', kind }]);
    await visit();
  }
  await cairn.control.setFaults([]);

  expect(answers.length).toBeGreaterThan(30);
  const seen = [...answers, cairn.log()].join('\n');
  expect(cairn.log().length).toBeGreaterThan(100);
  for (const hidden of [SECRET, TOKEN, 'AWS4-HMAC-SHA256']) expect(seen.includes(hidden), hidden).toBe(false);
});
