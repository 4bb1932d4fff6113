/** One import: the file that has it, and what it names (a path from the root without ending, or `package:name`). */
export interface Edge {
  from: string;
  to: string;
}

interface Rule {
  /** Which files it binds. */
  room: RegExp;
  /** What of the project they may import, besides their own room. */
  may: RegExp[];
  /** Packages they must not import. */
  never?: RegExp;
  /** Where the code belongs instead. */
  fix: string;
}

const PURE = /^lib\/(shared|jobs|actions|checkpoints|hyperparameters|metrics|lineage|logs|story|prune)\//;
const CONTRACT = /^lib\/contract\//;
const QUERIES = /^lib\/queries\//;
const SERVER = /^lib\/server\//;
const SDK = /^package:(@aws-sdk|@smithy)\//;
const SQL = /^package:(drizzle-orm|@electric-sql)/;
const OUTSIDE = /^package:(@aws-sdk|@smithy|drizzle-orm|@electric-sql)/;
const REACT = /^package:(react|react-dom|next|@mantine|@tanstack|nuqs)(\/|$)/;
const SANDBOX_START = /^sandbox\/(start-sandbox|control-client)$/;

/**
 * The arrows, first match wins. A line of code should know its room: the table is the whole law.
 * `lib/contract` and the pure rooms are two layers of one vocabulary and may use each other's types.
 */
const RULES: Rule[] = [
  {
    room: /^sandbox\/.*\.test\.ts$/,
    may: [],
    fix: 'the sandbox knows nothing of Cairn, not even in its tests: its truth is AWS',
  },
  {
    room: /^(lib|app|components|tests)\/.*\.test\.tsx?$/,
    may: [/^lib\//, /^components\//, /^app\//, /^tests\//, /^proxy$/, SANDBOX_START],
    fix: 'a test drives the sandbox through start-sandbox and control-client only',
  },
  {
    room: /^lib\/server\/aws\//,
    may: [PURE, CONTRACT, /^lib\/server\/(env|log)/],
    never: SQL,
    fix: 'SQL lives in lib/server/catalog; a use case in lib/server/<noun> joins the two',
  },
  {
    room: /^lib\/server\/catalog\//,
    may: [PURE, CONTRACT, /^lib\/server\/(env|log)/],
    never: SDK,
    fix: 'the SDK is called in lib/server/aws; a use case in lib/server/<noun> joins the two',
  },
  {
    room: /^lib\/server\/mlflow\//,
    may: [PURE, CONTRACT, /^lib\/server\/(env|log|aws\/)/],
    never: OUTSIDE,
    fix: 'this room speaks MLflow and nothing else: signing is in lib/server/aws, what is kept in lib/server/metrics',
  },
  {
    room: /^lib\/server\//,
    may: [PURE, CONTRACT, SERVER, /^package\.json$/],
    never: OUTSIDE,
    fix: 'call the SDK in lib/server/aws, SQL in lib/server/catalog',
  },
  { room: /^lib\/contract\//, may: [PURE, CONTRACT], never: REACT, fix: 'the contract knows schemas only' },
  {
    room: PURE,
    may: [PURE, CONTRACT],
    never: REACT,
    fix: 'pure rooms take data and `now` as arguments: no React, no fetch, no server',
  },
  {
    room: QUERIES,
    may: [PURE, CONTRACT],
    never: OUTSIDE,
    fix: 'what the browser asks for goes through the API of lib/contract',
  },
  {
    room: /^components\/(ui|charts|graph)\//,
    may: [/^lib\/shared\//, /^components\/(ui|charts|graph)\//],
    never: OUTSIDE,
    fix: 'domain words belong in components/<domain>; pass prepared values down',
  },
  {
    room: /^components\//,
    may: [PURE, CONTRACT, QUERIES, /^components\/(ui|charts|graph)\//],
    never: OUTSIDE,
    fix: 'server code is reached through lib/queries; views of two domains are joined in app',
  },
  {
    room: /^app\//,
    may: [/^lib\//, /^components\//],
    never: OUTSIDE,
    fix: 'routes compose; the code belongs in components or lib',
  },
  { room: /^(instrumentation|proxy)\.ts$/, may: [/^lib\//], fix: 'entry points only wire lib together' },
  { room: /^sandbox\//, may: [], fix: 'the sandbox is a separate program that knows AWS and nothing of Cairn' },
  {
    room: /^bench\//,
    may: [PURE, CONTRACT, SANDBOX_START, /^scripts\//],
    fix: 'benchmarks time pure rules by themselves and see all else of Cairn from outside: its pages, its API',
  },
  {
    room: /^e2e\//,
    may: [CONTRACT, SANDBOX_START, /^scripts\//],
    fix: 'browser tests see Cairn from outside: its pages, its API, the sandbox control client',
  },
  { room: /^scripts\//, may: [], fix: 'scripts start programs; they do not reach into them' },
  { room: /^tests\//, may: [/^lib\//, SANDBOX_START], fix: 'shared test helpers only' },
];

/** First two folders of a path, or three inside lib/server and components: the room it stands in. */
function roomOf(file: string): string {
  const parts = file.split('/');
  const depth = parts[0] === 'components' || parts[0] === 'lib' ? (parts[1] === 'server' ? 3 : 2) : 1;
  return `${parts.slice(0, Math.min(depth, parts.length - 1)).join('/')}/`;
}

/** Every import that breaks the law, each as one sentence that says where the code belongs. */
export function breaches(edges: Edge[]): string[] {
  return edges.flatMap(({ from, to }) => {
    const rule = RULES.find((candidate) => candidate.room.test(from));
    if (!rule) return [`${from} stands in no room the import law knows. fix: name its room in tests/import-law.ts`];
    if (to.startsWith('package:')) {
      return rule.never?.test(to) ? [`${from} imports ${to.slice(8)}. fix: ${rule.fix}`] : [];
    }
    // Its version, which health tells.
    if (to === 'package.json') return [];
    const room = roomOf(from);
    const own = room !== 'lib/server/' && to.startsWith(room);
    if (own || to.endsWith('.css') || rule.may.some((pattern) => pattern.test(to))) return [];
    return [`${from} imports ${to}. fix: ${rule.fix}`];
  });
}
