/**
 * What an IP address is, for the guard of health checks. `metadata`: link-local, where clouds hand out credentials
 * (169.254.169.254, fd00:ec2::254, fe80::/10). `private`: this machine or a network of one's own. Source: IANA's special
 * purpose registries.
 */
export function addressClass(address: string): 'metadata' | 'private' | 'public' {
  const text = address
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '');
  const four = unmap(text);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(four)) return classOfFour(four.split('.').map(Number));
  if (/^fe[89ab]/.test(text) || text === 'fd00:ec2::254') return 'metadata';
  // Forms that carry an IPv4 address inside are not taken apart: nobody's health check needs them.
  if (/^(?:::|f[cd]|ff|64:ff9b|2002)/.test(text)) return 'private';
  return 'public';
}

/** An IPv4 address out of its IPv6 form, dotted or in the hexadecimal that URLs turn it into; any other text as it is. */
function unmap(text: string): string {
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text);
  if (!hex) return text.replace(/^::ffff:(?=\d+\.)/, '');
  const words = [hex[1], hex[2]].map((word) => Number.parseInt(word ?? '0', 16));
  return words.flatMap((word) => [word >> 8, word & 255]).join('.');
}

function classOfFour([a = 0, b = 0]: number[]): 'metadata' | 'private' | 'public' {
  if (a === 169 && b === 254) return 'metadata';
  const isPrivate =
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19));
  return isPrivate ? 'private' : 'public';
}
