import { isIPv6 } from 'node:net';

/** Hextets of an IPv6 address that stand for its network (RFC 4291, 2.5.4). */
const NETWORK_HEXTETS = 4;
const HEXTETS = 8;

/**
 * What one visitor has for himself, of the address he comes from: an IPv4 address, also where it is written as IPv6; of IPv6 the /64, in
 * which anybody has 2^64 addresses to come from. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const [, ipv4] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  if (ipv4 !== undefined) return ipv4;
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  // The URL standard has one form for each address: lower case, no leading zeros, no dots.
  const [head = '', tail] = new URL(`http://[${bare}]/`).hostname.slice(1, -1).split('::');
  const [before, after] = [hextets(head), hextets(tail ?? '')];
  const between = tail === undefined ? 0 : HEXTETS - before.length - after.length;
  const all = [...before, ...Array<string>(between).fill('0'), ...after];
  return `${all.slice(0, NETWORK_HEXTETS).join(':')}::/64`;
}

function hextets(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
