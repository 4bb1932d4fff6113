import { parseDuration } from '../duration';
import { FAULT_KINDS, type FaultRule } from '../faults';
import { jsonReply, type WireReply, type WireRequest } from '../protocol/http';
import type { Sandbox } from '../sandbox';
import { isVisible } from '../world/job-state';
import { parseMlflowArn } from '../world/mlflow-resource';
import { MLFLOW_CONDITIONS } from '../world/types';
import {
  ControlError,
  optionalChoice,
  optionalNumber,
  optionalObject,
  optionalText,
  parseControlBody,
  refuseUnknown,
} from './control-input';
import { seedJob } from './seed-job';
import { seedLog } from './seed-log';
import { truthPieces } from './truth';

type Input = Record<string, unknown>;
type Handler = (sandbox: Sandbox, input: Input, request: WireRequest) => unknown;

const ROUTES: Readonly<Record<string, Handler>> = {
  'GET state': (sandbox) => stateOf(sandbox),
  'POST reset': reset,
  'POST advance': advance,
  'POST speed': setSpeed,
  'GET faults': (sandbox) => ({ rules: sandbox.faults.list() }),
  'POST faults': setFaults,
  'GET calls': (sandbox) => ({ total: sandbox.calls.total, byOperation: sandbox.calls.byOperation() }),
  'POST calls/reset': (sandbox) => sandbox.calls.reset(),
  'POST jobs': seedJob,
  'POST mlflow': setMlflow,
  'POST logs': seedLog,
  'POST quota': setQuota,
};

/** Answers `/_sandbox/*`. Never counted, never struck by faults. */
export function handleControl(sandbox: Sandbox, request: WireRequest): WireReply {
  const name = `${request.method} ${request.path.slice('/_sandbox/'.length)}`;
  if (name === 'GET truth') {
    const region = request.query.get('region') ?? 'us-west-2';
    return { status: 200, headers: { 'content-type': 'application/json' }, body: truthPieces(sandbox, region) };
  }
  const handler = ROUTES[name];
  if (!handler) {
    return jsonReply(404, { error: `no such control route: ${name}`, routes: [...Object.keys(ROUTES), 'GET truth'] });
  }
  try {
    return jsonReply(200, handler(sandbox, parseControlBody(request.body), request) ?? {});
  } catch (error) {
    if (error instanceof ControlError || error instanceof RangeError) return jsonReply(400, { error: error.message });
    throw error;
  }
}

function stateOf(sandbox: Sandbox) {
  const now = sandbox.clock.now();
  const regions = sandbox.world.regionNames().map((name) => {
    const region = sandbox.world.region(name);
    const packages = [...region.groups.values()].reduce((sum, group) => sum + group.versionCount(now), 0);
    const jobs = region.jobs.filter((job) => isVisible(job, now)).length;
    return [name, { jobs, groups: region.groups.size, packages }] as const;
  });
  return {
    scenario: sandbox.scenario.name,
    seed: sandbox.seed,
    speed: sandbox.clock.speed,
    now: new Date(now).toISOString(),
    quota: sandbox.quota,
    regions: Object.fromEntries(regions),
  };
}

function reset(sandbox: Sandbox, input: Input) {
  refuseUnknown(input, ['scenario', 'seed', 'speed', 'now', 'quota']);
  const scenario = optionalText(input, 'scenario');
  const seed = optionalNumber(input, 'seed');
  const speed = optionalNumber(input, 'speed');
  const quota = optionalObject(input, 'quota');
  sandbox.reset({
    ...(scenario !== undefined && { scenario }),
    ...(seed !== undefined && { seed }),
    ...(speed !== undefined && { speed }),
    ...(input.now !== undefined && { nowMs: readTime(input.now) }),
    ...(quota && { quota: readQuota(quota) }),
  });
  return stateOf(sandbox);
}

function advance(sandbox: Sandbox, input: Input) {
  refuseUnknown(input, ['by']);
  const byMs = parseDuration(input.by);
  if (byMs === undefined) throw new ControlError('by must be a duration such as 5m, 2h or a number of milliseconds');
  sandbox.clock.advance(byMs);
  return stateOf(sandbox);
}

function setSpeed(sandbox: Sandbox, input: Input) {
  refuseUnknown(input, ['speed']);
  const speed = optionalNumber(input, 'speed');
  if (speed === undefined) throw new ControlError('speed is missing');
  sandbox.clock.setSpeed(speed);
  return stateOf(sandbox);
}

function setQuota(sandbox: Sandbox, input: Input) {
  sandbox.quota = { ...sandbox.quota, ...readQuota(input) };
  return stateOf(sandbox);
}

function readQuota(input: Input) {
  refuseUnknown(input, ['training', 'evaluation']);
  const training = optionalNumber(input, 'training');
  const evaluation = optionalNumber(input, 'evaluation');
  return { ...(training !== undefined && { training }), ...(evaluation !== undefined && { evaluation }) };
}

/** Opens or shuts the door of an MLflow app or tracking server. */
function setMlflow(sandbox: Sandbox, input: Input) {
  refuseUnknown(input, ['arn', 'condition']);
  const arn = optionalText(input, 'arn') ?? '';
  const condition = optionalChoice(input, 'condition', MLFLOW_CONDITIONS);
  const region = /^arn:[^:]+:sagemaker:([^:]+):/.exec(arn)?.[1];
  if (region === undefined || !parseMlflowArn(arn))
    throw new ControlError('arn is not that of an MLflow app or server');
  if (condition === undefined) throw new ControlError(`condition must be one of ${MLFLOW_CONDITIONS.join(', ')}`);
  sandbox.world.region(region).mlflowConditions.set(arn, condition);
  return { arn, condition };
}

function setFaults(sandbox: Sandbox, input: Input) {
  refuseUnknown(input, ['rules']);
  if (!Array.isArray(input.rules)) throw new ControlError('rules must be a list');
  sandbox.faults.set(input.rules.map(readRule));
  return { rules: sandbox.faults.list() };
}

function readRule(value: unknown): FaultRule {
  if (typeof value !== 'object' || value === null) throw new ControlError('a rule must be an object');
  const input = value as Input;
  refuseUnknown(input, ['operation', 'kind', 'rate', 'delayMs', 'times', 'region', 'afterEffect']);
  const kind = optionalChoice(input, 'kind', FAULT_KINDS);
  if (kind === undefined) throw new ControlError('a rule needs a kind');
  const rate = optionalNumber(input, 'rate');
  if (rate !== undefined && (rate < 0 || rate > 1)) throw new ControlError('rate must be from 0 to 1');
  const delayMs = optionalNumber(input, 'delayMs');
  const times = optionalNumber(input, 'times');
  const region = optionalText(input, 'region');
  return {
    operation: optionalText(input, 'operation') ?? '*',
    kind,
    ...(rate !== undefined && { rate }),
    ...(delayMs !== undefined && { delayMs }),
    ...(times !== undefined && { times }),
    ...(region !== undefined && { region }),
    ...(input.afterEffect === true && { afterEffect: true }),
  };
}

function readTime(value: unknown): number {
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (!Number.isFinite(ms)) throw new ControlError('now must be an ISO time or epoch milliseconds');
  return ms;
}
