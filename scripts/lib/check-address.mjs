// 16 KB: far above any address Cairn makes (the longest are filters and log cursors), far below what hurts.
export const MAX_ADDRESS_LENGTH = 16_384;

/**
 * What is wrong with a request's address before anything reads it, or undefined. `field` is the query parameter or the
 * part of the address at fault. The router itself answers such addresses with pages that say nothing.
 */
export function findAddressProblem(address) {
  if (!address.startsWith('/')) return { field: 'path', message: 'The address must start with a slash.' };
  const [pathname, query = ''] = cut(address, '?');
  if (address.length > MAX_ADDRESS_LENGTH) {
    const field = pathname.length > query.length ? 'path' : longestParameter(query);
    return {
      field,
      message: `The address is ${address.length} characters long, most of them in ${JSON.stringify(field)}; at most ${MAX_ADDRESS_LENGTH} are read.`,
    };
  }
  if (!decodes(pathname)) return { field: 'path', message: 'The path holds a percent sign that encodes nothing.' };
  if (/%00|\0/.test(pathname)) return { field: 'path', message: 'The path holds a zero byte.' };
  for (const pair of query.split('&')) {
    const [name, value = ''] = cut(pair, '=');
    if (!decodes(name) || !decodes(value)) {
      const field = decodes(name) ? decodeURIComponent(name) : 'query';
      return {
        field,
        message: `The query parameter ${JSON.stringify(field)} holds a percent sign that encodes nothing.`,
      };
    }
  }
  return undefined;
}

function cut(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decodes(text) {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function longestParameter(query) {
  const longest = query.split('&').reduce((a, b) => (b.length > a.length ? b : a), '');
  const [name] = cut(longest, '=');
  return name.length <= 64 && decodes(name) ? decodeURIComponent(name) : 'query';
}
