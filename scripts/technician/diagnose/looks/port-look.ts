import { connect, type Socket } from 'node:net';
import { causesOf } from '../../../cli/causes.ts';
import { errorCode } from '../error-code.ts';
import { type Finding, found, plain } from '../finding.ts';
import { within } from '../within.ts';

const OPEN_MS = 10_000;

export interface OpenedPort {
  finding: Finding;
  /** Absent = it could not be opened. */
  socket?: Socket;
  address?: string;
}

/** Opens the first address that lets itself be opened: a name often has one of IPv6 that leads nowhere, and the agent tries all. */
export async function openPort(addresses: string[], port: number): Promise<OpenedPort> {
  const failed: string[] = [];
  let last: unknown;
  for (const address of addresses) {
    const asked = performance.now();
    try {
      const socket = await opened(address, port);
      const ms = Math.round(performance.now() - asked);
      const others = failed.length === 0 ? '' : ` (${failed.join(', ')})`;
      return {
        ...{ socket, address },
        finding: found('port', 'ok', { figure: plain(`${address}:${port}, ${ms} ms${others}`) }),
      };
    } catch (error) {
      last = error;
      failed.push(`${address}:${port}: ${errorCode(error) ?? causesOf(error)}`);
    }
  }
  return { finding: closedPort(failed.join(', '), last) };
}

async function opened(address: string, port: number): Promise<Socket> {
  const socket = connect(port, address);
  try {
    await within(
      OPEN_MS,
      new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('error', reject);
      }),
    );
    return socket.on('error', () => {});
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function closedPort(where: string, error: unknown): Finding {
  const code = errorCode(error);
  const figure = plain(where);
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
