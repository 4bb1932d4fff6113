// `npm run dev`: the dashboard from source, rebuilt on every change, against your AWS account (or AWS_ENDPOINT_URL).
import './lib/node-version.mjs';
import { main } from './lib/root.mjs';
import { serve } from './lib/serve.mjs';

main(() => serve({ dev: true }));
