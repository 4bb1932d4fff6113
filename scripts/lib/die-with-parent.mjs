// Preloaded into children started over an IPC channel: when the parent is gone, however it went, the child ends too.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 5_000).unref();
});
// The channel is for its end only; it must not keep a finished child alive.
process.channel?.unref();
