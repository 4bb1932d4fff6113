// Serves what `npm run build` made. Settings: README, "Settings". Exit codes: 0 stopped, 1 could not start or failed.
import './lib/node-version.mjs';
import { buildIsFresh } from './lib/build.mjs';
import { Failure, main } from './lib/root.mjs';
import { serve } from './lib/serve.mjs';

main(() => {
  if (!buildIsFresh()) throw new Failure('The dashboard is not built from the sources that are here.', 'npm run build');
  return serve();
});
