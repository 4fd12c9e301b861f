import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Finding, found, plain } from './finding.ts';

/** Any port does: the kernel is only asked which way it would send. */
const DISCARD = 9;
/** Addresses that are nobody's (RFC 5737, RFC 3849): whatever leads there leads everywhere. */
const ANYWHERE = ['192.0.2.1', '2001:db8::1'];

/** Which network leads out of this box at all. */
export function wayOut(): Promise<Finding> {
  return wayTo(...ANYWHERE);
}

/** Which network leads to the first of these addresses to which one does; nothing is sent. */
export async function wayTo(...addresses: string[]): Promise<Finding> {
  const sources = await Promise.all(addresses.map(sourceFor));
  const local = sources.find((source) => source !== undefined);
  if (local === undefined)
    return found('route', 'fail', {
      figure: { en: listOf(), th: listOf() },
      cause: { en: 'no network leads there', th: 'ไม่มีเครือข่ายที่ไปถึง' },
      remedy: {
        en: 'plug in the network cable, or see whether modem or Wi-Fi is connected; the router gives addresses by DHCP',
        th: 'เสียบสายเครือข่าย หรือดูว่าโมเด็มหรือไวไฟต่ออยู่หรือไม่ เราเตอร์ต้องแจกที่อยู่ด้วย DHCP',
      },
    });
  const name = interfaceOf(local) ?? '?';
  const gateway = await gatewayOf(name);
  return found('route', 'ok', { figure: plain(`${name} ${local}${gateway ? ` → ${gateway}` : ''}`) });
}

function sourceFor(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const end = (source: string | undefined) => {
      socket.close();
      resolve(source);
    };
    // As events: to a callback Node says the error too, and then the address is 0.0.0.0.
    socket.once('error', () => end(undefined)).once('connect', () => end(socket.address().address));
    socket.connect(DISCARD, address);
  });
}

function interfaceOf(local: string): string | undefined {
  const all = Object.entries(networkInterfaces());
  return all.find(([, each]) => each?.some(({ address }) => address === local))?.[0];
}

/** The addresses that this box has, for the technician to see which cable is dead. */
function listOf(): string {
  const own = Object.entries(networkInterfaces()).flatMap(([name, each]) =>
    (each ?? []).filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
  );
  return own.length === 0 ? '-' : own.slice(0, 4).join(', ');
}

/** The default gateway of an interface in /proc/net/route: addresses are hexadecimal, lowest byte first. */
async function gatewayOf(name: string): Promise<string | undefined> {
  const table = await readFile('/proc/net/route', 'utf8').catch(() => '');
  const row = table
    .split('\n')
    .map((line) => line.split('\t'))
    .find(([device, destination]) => device === name && destination === '00000000');
  const hex = row?.[2];
  if (hex === undefined || !/^[0-9A-F]{8}$/i.test(hex)) return undefined;
  return [...Buffer.from(hex, 'hex')].reverse().join('.');
}
