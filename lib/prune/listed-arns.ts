/** The lines of a suggestion's CSV without packages left out by hand, by their words `group/version`. */
export function withoutDropped(csv: string, dropped: ReadonlySet<string>): string {
  if (dropped.size === 0) return csv;
  return csv
    .split(/(?<=\r\n)/)
    .filter((line) => !dropped.has(/^[^,]*:model-package\/([^,]+),/.exec(line)?.[1] ?? ''))
    .join('');
}

/** The ARNs of a suggestion's CSV, one a line. */
export function listedArns(csv: string): string {
  return csv
    .split('\r\n')
    .slice(1)
    .flatMap((line) => (line === '' ? [] : [`${line.slice(0, line.indexOf(','))}\n`]))
    .join('');
}
