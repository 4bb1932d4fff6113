// Preloaded into children started over an IPC channel: when the parent is gone, however it went, the child ends too.
// A child's own workers inherit the preload, and need their channel: only the child of the one who asked is meant.
if (process.env.CAIRN_PARENT_PID === String(process.ppid)) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 5_000).unref();
  });
  // The channel is for its end only; it must not keep a finished child alive.
  process.channel?.unref();
}
