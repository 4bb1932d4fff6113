/** To be preloaded (`--import`) into a child that has an IPC channel, so that it never outlives its parent. */
export const DIE_WITH_PARENT = new URL('./die-with-parent.mjs', import.meta.url).href;
