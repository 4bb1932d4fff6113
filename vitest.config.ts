import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

// `server-only` throws outside a React server bundle; in tests the server code runs in plain Node, so it is emptied.
const resolve = {
  alias: { 'server-only': `${root}node_modules/server-only/empty.js`, '@': root.replace(/\/$/, '') },
};

/**
 * pure: beside the source, no I/O. server: real handlers and catalog against the sandbox in process.
 * contract: real AWS SDK clients against the sandbox's wire.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'pure',
          include: ['{lib,components,scripts,bench,tests}/**/*.test.{ts,tsx}', 'sandbox/**/*.test.ts'],
          // A year of checkpoints is computed in some of them, on machines of any speed.
          testTimeout: 30_000,
          exclude: ['**/*.server.test.ts', '**/*.contract.test.ts', '**/*.interop.test.ts', 'node_modules/**'],
        },
      },
      {
        resolve,
        test: {
          name: 'server',
          include: ['{lib,app,tests}/**/*.server.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        // Against servers that only `npm run test:interop` starts.
        test: { name: 'interop', include: ['lib/**/*.interop.test.ts'], testTimeout: 60_000, hookTimeout: 400_000 },
      },
      {
        resolve,
        test: {
          name: 'contract',
          // Against a real account only what merely reads is run.
          include: [
            process.env.CAIRN_CONTRACT_AWS
              ? 'sandbox/contract/account.contract.test.ts'
              : 'sandbox/**/*.contract.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
