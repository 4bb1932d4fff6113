import { rngFor } from '../../rng';
import type { World } from '../../world/world';

// Presigned URLs and the browser sessions they start. Both expire on the virtual clock, so a test can move past them.

export interface MlflowSession {
  region: string;
  /** The app or tracking server the session is for. */
  arn: string;
}

interface Ticket extends MlflowSession {
  expiresAt: number;
  sessionMs: number;
}

interface Store {
  issued: number;
  tickets: Map<string, Ticket>;
  sessions: Map<string, MlflowSession & { expiresAt: number }>;
}

const DEFAULT_URL_SECONDS = 300;
/** The API model's default: twelve hours. */
const DEFAULT_SESSION_SECONDS = 43_200;

const stores = new WeakMap<World, Store>();

/** A URL whose token can be redeemed once before it expires. */
export function authorizedUrl(
  world: World,
  wish: MlflowSession & {
    host: string;
    now: number;
    ExpiresInSeconds?: number | undefined;
    SessionExpirationDurationInSeconds?: number | undefined;
  },
): string {
  const store = storeOf(world);
  const token = nextSecret(world, 'token');
  store.tickets.set(token, {
    region: wish.region,
    arn: wish.arn,
    expiresAt: wish.now + (wish.ExpiresInSeconds ?? DEFAULT_URL_SECONDS) * 1_000,
    sessionMs: (wish.SessionExpirationDurationInSeconds ?? DEFAULT_SESSION_SECONDS) * 1_000,
  });
  return `http://${wish.host}/auth?authToken=${token}`;
}

/** Starts a session for a token; undefined when it was used before, has expired or was never given. */
export function redeem(
  world: World,
  token: string,
  now: number,
): (MlflowSession & { cookie: string; maxAgeSeconds: number }) | undefined {
  const store = storeOf(world);
  const ticket = store.tickets.get(token);
  store.tickets.delete(token);
  if (!ticket || now >= ticket.expiresAt) return undefined;
  const cookie = nextSecret(world, 'session');
  store.sessions.set(cookie, { region: ticket.region, arn: ticket.arn, expiresAt: now + ticket.sessionMs });
  return { region: ticket.region, arn: ticket.arn, cookie, maxAgeSeconds: ticket.sessionMs / 1_000 };
}

/** The session of a cookie while it lasts. */
export function findSession(world: World, cookie: string, now: number): MlflowSession | undefined {
  const session = storeOf(world).sessions.get(cookie);
  return session && now < session.expiresAt ? session : undefined;
}

function storeOf(world: World): Store {
  const store = stores.get(world) ?? { issued: 0, tickets: new Map(), sessions: new Map() };
  stores.set(world, store);
  return store;
}

function nextSecret(world: World, kind: string): string {
  const store = storeOf(world);
  store.issued += 1;
  return rngFor('mlflow', kind, world.seed, store.issued).alphanumeric(64);
}
