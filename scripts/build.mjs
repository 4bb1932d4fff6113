// `npm run build`: builds the dashboard, unless the last build is of these very sources; `-- --force` builds anyway.
import './lib/node-version.mjs';
import { ensureBuild } from './lib/build.mjs';
import { main } from './lib/root.mjs';

main(async () => {
  const { built } = await ensureBuild({ force: process.argv.includes('--force') });
  if (!built) console.log('nothing changed since the last build');
});
