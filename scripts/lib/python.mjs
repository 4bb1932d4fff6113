import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, ROOT } from './root.mjs';

// The first boto3 whose SageMaker model has CreateJob is about 1.43.37 (SDK source). The SageMaker Python SDK brings MLflow's
// client; spans in the tracking store need MLflow 3.5.
const PACKAGES = ['boto3>=1.43.37,<2', 'sagemaker-train>=1.27,<2', 'mlflow>=3.5,<4'];
const WANTED = PACKAGES.join('\n');
const VENV = path.join(ROOT, '.cairn', 'interop-venv');
const STAMP = path.join(VENV, 'cairn-installed.txt');

/** A Python of its own with the packages above, made once in `.cairn/` (about 1 GB). Throws a Failure that says what is missing. */
export function preparePython({ say = console.log } = {}) {
  const python = path.join(VENV, 'bin', 'python');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === WANTED && existsSync(python)) return python;
  const system = process.env.PYTHON || 'python3';
  const version = spawnSync(system, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) {
    throw new Failure(
      `The interop test runs unmodified Python clients and needs Python 3.10 or newer; ${system} does not start.`,
      'install python3 (apt-get install python3 python3-venv), or set PYTHON to one',
    );
  }
  say(`making a virtual environment with ${PACKAGES.join(', ')} (${version.stdout.trim()}) …`);
  rmSync(VENV, { recursive: true, force: true });
  step([system, ['-m', 'venv', VENV]], 'install the package python3-venv (apt-get install python3-venv)');
  step(
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]],
    'check that pip reaches a package index from here',
  );
  writeFileSync(STAMP, WANTED);
  return python;
}

function step([command, args], fix) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Failure(`${stdout}${stderr}\n${command} ${args.join(' ')} failed.`, fix);
}
