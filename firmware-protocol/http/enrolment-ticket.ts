import { EnrolmentCode } from './enrolment.ts';

/** Where to enrol and with what: what the QR code of a new hall says. */
export interface EnrolmentTicket {
  /** Base of the server's HTTP. */
  server: string;
  /** As printed, four groups of five. */
  code: string;
}

const PREFIX = 'prakat:';

/** `prakat:XXXXX-XXXXX-XXXXX-XXXXX@https://prakat.example`: short enough for a small QR code, and legible. */
export function writeTicket({ server, code }: EnrolmentTicket): string {
  return `${PREFIX}${code}@${server}`;
}

/**
 * The ticket in a text that was scanned or typed; undefined = it is none. The code alone is no ticket. A scanner types behind what
 * somebody had begun to type: the scan counts.
 */
export function readTicket(text: string): EnrolmentTicket | undefined {
  const [, code = '', server = ''] = /prakat:([^@]{1,64})@(.{1,300})$/i.exec(text.trim()) ?? [];
  if (!EnrolmentCode.safeParse(code).success || !isServer(server)) return undefined;
  return { server, code };
}

/** An HTTP address without user, query or fragment. */
export function isServer(text: string): boolean {
  try {
    const { protocol, username, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && username === '' && search === '' && hash === '';
  } catch {
    return false;
  }
}
