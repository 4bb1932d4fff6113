// `npm run check`: types, lint, import law and pure tests at once; for the minute between two edits.
import './lib/node-version.mjs';
import { lintPhase, printPhase, printTotal, typesPhase, vitestPhase } from './lib/phases.mjs';
import { main } from './lib/root.mjs';

main(async () => {
  const phases = [typesPhase(), lintPhase(), vitestPhase('pure')];
  const done = phases.map(async (phase) => {
    const result = await phase;
    printPhase(result);
    return result;
  });
  return printTotal(await Promise.all(done));
});
