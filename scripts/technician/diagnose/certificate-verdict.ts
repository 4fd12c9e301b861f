import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import { type Finding, found, plain } from './finding.ts';
import { FIRST_RELEASE_MS } from './first-release.ts';

const DAY_MS = 24 * 3_600_000;
/** A province needs some days to renew one. */
const SOON_DAYS = 21;

/** What is wrong with a certificate, for who has to mend it; undefined = nothing. */
export function faultOf(socket: TLSSocket, certificate: PeerCertificate, host: string): Finding | undefined {
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

/** It is good; for how long? */
export function good(socket: TLSSocket, certificate: PeerCertificate): Finding {
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
