import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { causesOf } from '../../../cli/causes.ts';
import { errorCode } from '../error-code.ts';
import { type Finding, found, plain } from '../finding.ts';
import { within } from '../within.ts';

const ANSWER_MS = 8_000;

/** Addresses of networks of one's own (RFC 1918, RFC 6598): right for a VPN, and what a portal answers for every name. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4');

/** Where a name leads; none = nowhere. */
export async function lookUp(host: string): Promise<{ finding: Finding; addresses: string[] }> {
  if (isIP(host) !== 0)
    return {
      addresses: [host],
      finding: found('name', 'ok', { figure: { en: `${host}: no name needed`, th: `${host} ไม่ต้องใช้ชื่อ` } }),
    };
  const asked = performance.now();
  try {
    const all = await within(ANSWER_MS, lookup(host, { all: true }));
    const addresses = all.map(({ address }) => address);
    const where = `${host} = ${addresses.slice(0, 3).join(', ')}, ${Math.round(performance.now() - asked)} ms`;
    const isPrivate = all.every(({ address, family }) => family === 4 && PRIVATE.check(address));
    const figure = isPrivate
      ? { en: `${where} (a private address)`, th: `${where} (ที่อยู่ภายใน)` }
      : plain(where);
    return { addresses, finding: found('name', 'ok', { figure }) };
  } catch (error) {
    const unknown = errorCode(error) === 'ENOTFOUND';
    return {
      addresses: [],
      finding: found('name', 'fail', {
        figure: plain(`${host}: ${errorCode(error) ?? causesOf(error)}`),
        cause: unknown
          ? {
              en: 'there is no such name, or the box has no network and no name service',
              th: 'ไม่มีชื่อนี้ หรือกล่องไม่มีเครือข่ายจึงถาม DNS ไม่ได้',
            }
          : { en: 'the name service does not answer', th: 'DNS ไม่ตอบ' },
        remedy: {
          en: 'check the network cable, the SIM card or the Wi-Fi; then the DNS of the router; a phone in the same network must find the name too',
          th: 'ตรวจสายเครือข่าย ซิม หรือไวไฟ แล้วตรวจ DNS ของเราเตอร์ โทรศัพท์ในเครือข่ายเดียวกันต้องหาชื่อนี้พบด้วย',
        },
      }),
    };
  }
}
