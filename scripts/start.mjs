// `npm start`: the built dashboard against AWS, with the SDK's ordinary credential chain. Builds first if it must.
import './lib/node-version.mjs';
import { ensureBuild } from './lib/build.mjs';
import { assertPortFree, readPort } from './lib/ports.mjs';
import { main } from './lib/root.mjs';
import { serve } from './lib/serve.mjs';

main(async () => {
  const port = readPort('PORT', 3000);
  await assertPortFree(port, process.env.HOST || '127.0.0.1', 'PORT');
  await ensureBuild();
  await serve();
});
