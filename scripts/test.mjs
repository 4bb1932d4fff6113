// `npm test`: everything that can fail, in one command. Ends with the line `N passed, N failed`.
import './lib/node-version.mjs';
import { ensureBuild } from './lib/build.mjs';
import { findChromium } from './lib/chromium.mjs';
import {
  actionPhase,
  browserPhase,
  lintPhase,
  printPhase,
  printTotal,
  typesPhase,
  vitestPhase,
} from './lib/phases.mjs';
import { main } from './lib/root.mjs';

main(async () => {
  const phases = [];
  const done = async (promise) => {
    const result = await promise;
    phases.push(result);
    printPhase(result);
    return result;
  };

  await Promise.all([done(typesPhase()), done(lintPhase()), done(vitestPhase('pure'))]);
  // One after the other: they start servers and watch the clock, and a busy machine would make them lie.
  await done(vitestPhase('contract'));
  await done(vitestPhase('server'));
  const build = await done(actionPhase('build', () => ensureBuild({ say: () => {} })));
  let executable;
  const chromium = await done(
    actionPhase('chromium', async () => {
      executable = await findChromium();
    }),
  );
  if (build.failed || chromium.failed) {
    await done({
      name: 'browser',
      passed: 0,
      failed: 1,
      skipped: 0,
      output: 'The browser tests were not run: see above.',
      seconds: 0,
    });
  } else {
    await done(browserPhase({ CHROMIUM_PATH: executable }));
  }
  return printTotal(phases);
});
