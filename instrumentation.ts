/** Run once by Next when the server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { openDeployment } = await import('./lib/server/deployment');
  await openDeployment();
}
