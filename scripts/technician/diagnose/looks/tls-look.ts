import { readFile } from 'node:fs/promises';
import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { causesOf } from '../../../cli/causes.ts';
import { faultOf, good } from '../certificate-verdict.ts';
import { type Finding, found, plain } from '../finding.ts';
import type { Place } from '../place.ts';
import { within } from '../within.ts';

const HANDSHAKE_MS = 15_000;

interface Looked {
  finding: Finding;
  /** The socket to speak on; absent = there is none that may be trusted. */
  socket?: Socket;
}

/** The handshake, and what is wrong with the certificate in the words of who has to mend it (F23). */
export async function lookAtTls(socket: Socket, place: Place, ca: string | undefined): Promise<Looked> {
  if (!place.secure) return { socket, finding: withoutTls(place) };
  const trusted = ca === undefined ? undefined : await readFile(ca, 'utf8').catch(() => null);
  if (trusted === null) return { finding: noAuthority(ca ?? '') };
  const secured = connect({
    socket,
    // Looked at and told, then refused: the agent itself never goes on without a good one.
    rejectUnauthorized: false,
    ...(isIP(place.host) === 0 && { servername: place.host }),
    ...(trusted !== undefined && { ca: trusted }),
  });
  try {
    await within(
      HANDSHAKE_MS,
      new Promise<void>((resolve, reject) => {
        secured.once('secureConnect', resolve).once('error', reject);
        secured.once('close', () => reject(new Error('closed during the handshake')));
      }),
    );
  } catch (error) {
    secured.destroy();
    return { finding: noTls(error) };
  }
  secured.on('error', () => {});
  const certificate = secured.getPeerCertificate();
  const fault = faultOf(secured, certificate, place.host);
  if (fault !== undefined) {
    secured.destroy();
    return { finding: fault };
  }
  return { socket: secured, finding: good(secured, certificate) };
}

function withoutTls({ address }: Place): Finding {
  const isHere = address.startsWith('127.') || address === '::1';
  if (isHere)
    return found('tls', 'ok', { figure: { en: 'on this machine: none needed', th: 'อยู่ในเครื่องนี้ ไม่ต้องใช้' } });
  return found('tls', 'warn', {
    figure: { en: 'not encrypted (mqtt://)', th: 'ไม่เข้ารหัส (mqtt://)' },
    cause: {
      en: 'the province runs its broker without TLS: the password can be read on the way',
      th: 'จังหวัดเปิดโบรกเกอร์โดยไม่ใช้ TLS รหัสผ่านถูกอ่านระหว่างทางได้',
    },
    remedy: {
      en: 'tell the province; orders stay safe, they are signed',
      th: 'แจ้งจังหวัด คำสั่งยังปลอดภัยเพราะมีลายเซ็น',
    },
  });
}

function noAuthority(path: string): Finding {
  return found('tls', 'fail', {
    figure: plain(path),
    cause: { en: 'the file of the certificate authority cannot be read', th: 'อ่านไฟล์ผู้ออกใบรับรองไม่ได้' },
    remedy: {
      en: 'put the file of the province there, or correct "ca" in the configuration, then: sudo systemctl restart prakat',
      th: 'วางไฟล์ของจังหวัดไว้ตามนั้น หรือแก้ "ca" ในไฟล์ตั้งค่า แล้วสั่ง: sudo systemctl restart prakat',
    },
  });
}

/** Something answers, and it does not speak TLS: mostly a captive portal, or the wrong port. */
function noTls(error: unknown): Finding {
  return found('tls', 'fail', {
    figure: plain(causesOf(error).slice(0, 160)),
    cause: {
      en: 'what answers there does not speak TLS: another program, or a network that wants a log-on first',
      th: 'ปลายทางไม่ใช้ TLS: เป็นโปรแกรมอื่น หรือเครือข่ายต้องลงชื่อเข้าใช้ก่อน',
    },
    remedy: {
      en: 'open a web page with a phone in the same network: does it ask for a log-on? else ask the province for the port',
      th: 'เปิดเว็บด้วยโทรศัพท์ในเครือข่ายเดียวกัน มีหน้าให้ลงชื่อหรือไม่ ถ้าไม่มีให้ถามหมายเลขพอร์ตจากจังหวัด',
    },
  });
}
