/** The browser of the tests: CHROMIUM_PATH, one of the system, else Playwright's own, installed when there is none. */
export function findChromium(options?: { say?: (line: string) => void }): Promise<string>;
