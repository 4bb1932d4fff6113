import { handleControl } from './control/control';
import { Sandbox } from './sandbox';
import { SCENARIOS } from './scenarios/catalog';
import { stateAt, transitionsAt } from './world/job-state';
import { logLines } from './world/log-lines';
import { metricsAt } from './world/metrics';
import { documentTextAt } from './world/service-output';

const only = process.argv[2];
for (const sc of SCENARIOS) {
  if (only && sc.name !== only) continue;
  const m0 = process.memoryUsage().rss / 1e6;
  let t0 = performance.now();
  const s = new Sandbox({ scenario: sc.name, speed: 0, nowMs: Date.UTC(2026, 10, 22, 12, 20) });
  const ms = performance.now() - t0;
  const now = s.clock.now();
  const r = s.world.region('us-west-2');
  t0 = performance.now();
  const st = JSON.parse(
    handleControl(s, {
      method: 'GET',
      path: '/_sandbox/state',
      query: new URLSearchParams(),
      headers: {},
      body: '',
    } as any).body as string,
  );
  const ms2 = performance.now() - t0;
  const counts: Record<string, number> = {};
  for (const j of r.jobs) {
    const k = stateAt(j, now);
    counts[k.jobStatus + '/' + k.secondaryStatus] = (counts[k.jobStatus + '/' + k.secondaryStatus] ?? 0) + 1;
  }
  console.log(
    sc.name,
    'fill',
    ms.toFixed(0),
    'state',
    ms2.toFixed(0),
    JSON.stringify(st.regions),
    counts,
    'rss+',
    (process.memoryUsage().rss / 1e6 - m0).toFixed(0),
    (process.memoryUsage().rss / 1e6).toFixed(0),
  );
  if (r.jobs.length < 100)
    for (const j of r.jobs) {
      documentTextAt(r, j, now);
      metricsAt(j, now);
      logLines(j, 0, now);
      transitionsAt(j, now);
    }
}
