import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import type { Identity } from '../../../device/identity.ts';
import { causesOf } from '../../cli/causes.ts';
import { lookAtFiles } from './files-look.ts';
import { type Finding, found, plain, type StepId, skippedFor } from './finding.ts';
import type { Place } from './place.ts';
import { lookAtPortal } from './portal-look.ts';
import { lookAtSession } from './session-look.ts';
import { lookAtSignal } from './signal-look.ts';
import { lookAtTls } from './tls-look.ts';
import type { Visit } from './visit.ts';
import { wayTo } from './way-out.ts';
import { within } from './within.ts';

const TIMES = { name_ms: 8_000, port_ms: 10_000 } as const;

/** The line to the broker, one step after the other; what cannot be tried any more is skipped, and says for what. */
export async function* walkLink(visit: Visit): AsyncGenerator<Finding> {
  const { identity } = visit;
  if (identity === undefined) {
    yield* skippedAll('agent', [
      'name',
      'route',
      'signal',
      'port',
      'tls',
      'logon',
      'subscribe',
      'round-trip',
      'files',
    ]);
    return;
  }
  const broker = new URL(identity.broker);
  const port = Number(broker.port) || (broker.protocol === 'mqtts:' ? 8_883 : 1_883);
  const host = broker.hostname.replace(/^\[|\]$/g, '');
  const named = await lookUp(host);
  yield named.finding;
  if (named.address === undefined) {
    yield* skippedAll('name', [
      'route',
      'signal',
      'port',
      'tls',
      'logon',
      'subscribe',
      'round-trip',
      'files',
    ]);
    return;
  }
  yield await wayTo(named.address);
  yield await lookAtSignal();
  const place = { host, address: named.address, port, secure: broker.protocol === 'mqtts:' };
  let isBroken = false;
  for await (const finding of walkConnection(visit, identity, place)) {
    isBroken ||= finding.result === 'fail';
    yield finding;
  }
  yield await lookAtFiles(visit, identity);
  if (isBroken) yield await lookAtPortal(host);
}

async function* walkConnection(visit: Visit, identity: Identity, place: Place): AsyncGenerator<Finding> {
  const opened = await open(place);
  yield opened.finding;
  if (opened.socket === undefined) {
    yield* skippedAll('port', ['tls', 'logon', 'subscribe', 'round-trip']);
    return;
  }
  const secured = await lookAtTls(opened.socket, place, visit.config.ca);
  yield secured.finding;
  if (secured.socket === undefined) {
    opened.socket.destroy();
    yield* skippedAll('tls', ['logon', 'subscribe', 'round-trip']);
    return;
  }
  yield* lookAtSession(visit, identity, secured.socket);
}

async function lookUp(host: string): Promise<{ finding: Finding; address?: string }> {
  if (isIP(host) !== 0)
    return {
      address: host,
      finding: found('name', 'ok', { figure: { en: `${host}: no name needed`, th: `${host} ไม่ต้องใช้ชื่อ` } }),
    };
  const asked = performance.now();
  try {
    const { address } = await within(TIMES.name_ms, lookup(host));
    const ms = Math.round(performance.now() - asked);
    return { address, finding: found('name', 'ok', { figure: plain(`${host} = ${address}, ${ms} ms`) }) };
  } catch (error) {
    const unknown = codeOf(error) === 'ENOTFOUND';
    return {
      finding: found('name', 'fail', {
        figure: plain(`${host}: ${codeOf(error) ?? causesOf(error)}`),
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

async function open({ address, port }: Place): Promise<{ finding: Finding; socket?: Socket }> {
  const asked = performance.now();
  const socket = connect(port, address);
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  try {
    await within(TIMES.port_ms, opened);
    socket.on('error', () => {});
    const ms = Math.round(performance.now() - asked);
    return { socket, finding: found('port', 'ok', { figure: plain(`${address}:${port}, ${ms} ms`) }) };
  } catch (error) {
    socket.destroy();
    return { finding: closedPort(`${address}:${port}`, error) };
  }
}

function closedPort(where: string, error: unknown): Finding {
  const code = codeOf(error);
  const figure = plain(`${where}: ${code ?? causesOf(error)}`);
  if (code === 'ECONNREFUSED')
    return found('port', 'fail', {
      figure,
      cause: {
        en: 'the computer is there, and nothing listens on that port: the broker is down, or this is another computer',
        th: 'มีเครื่องอยู่แต่ไม่มีโปรแกรมรอที่พอร์ตนี้: โบรกเกอร์หยุดทำงาน หรือเป็นคนละเครื่อง',
      },
      remedy: { en: 'ask the province whether its server runs', th: 'ถามจังหวัดว่าเซิร์ฟเวอร์ทำงานอยู่หรือไม่' },
    });
  return found('port', 'fail', {
    figure,
    cause: {
      en: 'nothing comes back: no internet behind this network, an unpaid SIM card, or a firewall that drops the port',
      th: 'ไม่มีคำตอบกลับมา: เครือข่ายนี้ออกอินเทอร์เน็ตไม่ได้ ซิมหมดอายุ หรือไฟร์วอลล์ปิดพอร์ต',
    },
    remedy: {
      en: 'try a web page with a phone in the same network; if that works, have the firewall let the port out',
      th: 'ลองเปิดเว็บด้วยโทรศัพท์ในเครือข่ายเดียวกัน หากเปิดได้ให้ผู้ดูแลเครือข่ายเปิดพอร์ตนี้',
    },
  });
}

function* skippedAll(first: StepId, steps: StepId[]): Generator<Finding> {
  for (const step of steps) yield skippedFor(step, first);
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
