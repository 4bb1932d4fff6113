// Ctrl-C under npm arrives twice (from the terminal and passed on by npm): within this time it is the same wish.
const SAME_WISH_MS = 1_000;

/** Calls `stop` once when the process is asked to end. Asked again later, the process ends at once. */
export function onStop(stop) {
  let askedAt;
  const asked = () => {
    if (askedAt === undefined) {
      askedAt = Date.now();
      stop();
    } else if (Date.now() - askedAt > SAME_WISH_MS) process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, asked);
  return asked;
}
