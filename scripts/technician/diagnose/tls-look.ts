import { readFile } from 'node:fs/promises';
import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { causesOf } from '../../cli/causes.ts';
import { type Finding, found, plain } from './finding.ts';
import { FIRST_RELEASE_MS } from './first-release.ts';
import type { Place } from './place.ts';
import { within } from './within.ts';

const HANDSHAKE_MS = 15_000;
const DAY_MS = 24 * 3_600_000;
/** A province needs some days to renew one. */
const SOON_DAYS = 21;

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
      en: 'put the file of the province there, or correct "ca" in the configuration',
      th: 'วางไฟล์ของจังหวัดไว้ตามนั้น หรือแก้ "ca" ในไฟล์ตั้งค่า',
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

function faultOf(socket: TLSSocket, certificate: PeerCertificate, host: string): Finding | undefined {
  const [from, to] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)];
  const dates = `${dayOf(from)} - ${dayOf(to)}`;
  const now = Date.now();
  // Dates first: with a clock of 1970 every certificate is wrong, and the certificate is not what has to be mended.
  if (now < FIRST_RELEASE_MS || now < from) return clockBehind(now, dates);
  if (now > to) return expired(dates);
  const unknown = String(socket.authorizationError ?? '');
  const named = checkServerIdentity(host, certificate);
  if (unknown !== '' && !unknown.includes('ALTNAME')) return unknownAuthority(unknown, certificate);
  return named === undefined ? undefined : otherHost(host, certificate);
}

function clockBehind(now: number, dates: string): Finding {
  return found('tls', 'fail', {
    figure: {
      en: `this box thinks it is ${dayOf(now)}; the certificate: ${dates}`,
      th: `กล่องคิดว่าวันนี้ ${dayOf(now)} ใบรับรอง: ${dates}`,
    },
    cause: {
      en: 'the clock of this box is behind, so that the certificate is not valid yet',
      th: 'นาฬิกาของกล่องช้ากว่าจริง ใบรับรองจึงยังไม่เริ่มใช้ได้',
    },
    remedy: {
      en: 'set the clock: sudo date -s "YYYY-MM-DD HH:MM", then let NTP through',
      th: 'ตั้งนาฬิกา: sudo date -s "YYYY-MM-DD HH:MM" แล้วเปิดให้ NTP ผ่าน',
    },
  });
}

function expired(dates: string): Finding {
  return found('tls', 'fail', {
    figure: plain(dates),
    cause: {
      en: 'the certificate of the server has expired, or the clock of this box is far ahead',
      th: 'ใบรับรองของเซิร์ฟเวอร์หมดอายุ หรือนาฬิกาของกล่องเร็วเกินจริง',
    },
    remedy: {
      en: 'compare the clock step with your phone; if it is right, the province renews its certificate',
      th: 'เทียบนาฬิกากับโทรศัพท์ หากตรงกัน จังหวัดต้องต่ออายุใบรับรอง',
    },
  });
}

function unknownAuthority(code: string, { issuer }: PeerCertificate): Finding {
  return found('tls', 'fail', {
    figure: plain(`${code}, ${nameOf(issuer)}`),
    cause: {
      en: 'the certificate is from an authority that this box does not know: a new one of the province, or somebody in between',
      th: 'ใบรับรองออกโดยผู้ที่กล่องไม่รู้จัก: จังหวัดเปลี่ยนผู้ออก หรือมีผู้แทรกกลาง',
    },
    remedy: {
      en: 'ask the province whether this issuer is theirs; then put its file into "ca" of the configuration. Never go on without.',
      th: 'ถามจังหวัดว่าผู้ออกนี้ใช่ของจังหวัดหรือไม่ แล้วใส่ไฟล์ที่ "ca" ในไฟล์ตั้งค่า ห้ามข้ามขั้นตอนนี้',
    },
  });
}

function otherHost(host: string, { subject, subjectaltname }: PeerCertificate): Finding {
  const names = subjectaltname ?? nameOf(subject);
  return found('tls', 'fail', {
    figure: {
      en: `asked for ${host}, got ${names.slice(0, 120)}`,
      th: `ต้องการ ${host} แต่ได้ ${names.slice(0, 120)}`,
    },
    cause: {
      en: 'the certificate is of another computer: the name leads elsewhere, or the server was moved',
      th: 'ใบรับรองเป็นของเครื่องอื่น: ชื่อชี้ไปที่อื่น หรือเซิร์ฟเวอร์ย้ายที่',
    },
    remedy: { en: 'tell the province the two names', th: 'แจ้งจังหวัดทั้งสองชื่อ' },
  });
}

function good(socket: TLSSocket, certificate: PeerCertificate): Finding {
  const to = Date.parse(certificate.valid_to);
  const days = Math.floor((to - Date.now()) / DAY_MS);
  const figure = {
    en: `${socket.getProtocol()}, valid until ${dayOf(to)}`,
    th: `${socket.getProtocol()} ใช้ได้ถึง ${dayOf(to)}`,
  };
  if (days > SOON_DAYS) return found('tls', 'ok', { figure });
  return found('tls', 'warn', {
    figure,
    cause: {
      en: `the certificate of the server ends in ${days} days`,
      th: `ใบรับรองของเซิร์ฟเวอร์จะหมดอายุในอีก ${days} วัน`,
    },
    remedy: { en: 'remind the province', th: 'เตือนจังหวัดให้ต่ออายุ' },
  });
}

function nameOf(name: PeerCertificate['issuer'] | undefined): string {
  const { O, CN } = name ?? {};
  return [O, CN].flat().filter(Boolean).join(' / ') || '-';
}

function dayOf(ms: number): string {
  return Number.isNaN(ms) ? '-' : new Date(ms).toISOString().slice(0, 10);
}
