import { createDeployment } from '@/lib/server/deployment';
import { REGION, setFakeCredentials, testSettings } from './test-deployment';

// A server of its own, to be killed: fills a catalog and says on standard output, line by line, what it has written.
// Arguments: the sandbox's address, the data folder, calls per second.

const [url = '', dataDir = '', callsPerSecond = '50'] = process.argv.slice(2);

async function main(): Promise<void> {
  setFakeCredentials();
  const d = await createDeployment(testSettings(url, dataDir, { syncCallsPerSecond: Number(callsPerSecond) }));
  setInterval(() => {
    const { phase, fill } = d.sync.status(REGION);
    process.stdout.write(`${JSON.stringify({ phase, ...fill })}\n`);
  }, 20);
  d.sync.start();
}

void main();
