/** Whether `.next` was made from exactly the sources that are here now. */
export function buildIsFresh(): boolean;

export function ensureBuild(options?: { say?: (line: string) => void; force?: boolean }): Promise<{ built: boolean }>;
