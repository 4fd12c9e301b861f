import { readFile } from 'node:fs/promises';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Identity } from '../../../../device/identity.ts';
import { Failure } from '../../../../firmware-protocol/mqtt/answer.ts';
import { causesOf } from '../../../cli/causes.ts';
import { type Finding, found, plain } from '../finding.ts';
import type { Visit } from '../visit.ts';

const ANSWER_MS = 10_000;
const MOST_BYTES = 16 * 1024;
/** A file that nobody has: the server says so in its own words, and nothing else does. */
const NO_FILE = '0'.repeat(64);

interface Said {
  status: number;
  type: string;
  location: string | undefined;
  body: string;
}

/**
 * Asks for a file that is not there. Our server answers 404 in JSON; a captive portal answers anything with its own page, or
 * sends us there (F22).
 */
export async function lookAtFiles({ config }: Visit, identity: Identity): Promise<Finding> {
  const url = new URL(`${identity.media.replace(/\/$/, '')}/${NO_FILE}`);
  try {
    const ca = config.ca === undefined ? undefined : await readFile(config.ca, 'utf8');
    // Without the password first: whoever is not our server shall not hear it.
    const stranger = await ask(url, undefined, ca);
    const isOurs = stranger.status === 401 && !isPage(stranger);
    return judge(url, isOurs ? await ask(url, identity, ca) : stranger);
  } catch (error) {
    return found('files', 'fail', {
      figure: plain(`${url.host}: ${causesOf(error).slice(0, 160)}`),
      cause: {
        en: 'the media server cannot be reached, or its certificate is refused',
        th: 'ติดต่อเซิร์ฟเวอร์ไฟล์ไม่ได้ หรือใบรับรองไม่ผ่าน',
      },
      remedy: {
        en: 'mend the steps before this one; if they are good, tell the province. Until then bring files on a USB stick.',
        th: 'แก้ขั้นตอนก่อนหน้าก่อน หากผ่านแล้วให้แจ้งจังหวัด ระหว่างนี้นำไฟล์มาด้วยแฟลชไดรฟ์',
      },
    });
  }
}

function judge(url: URL, said: Said): Finding {
  const figure = plain(`${url.host}: HTTP ${said.status}`);
  if (said.status === 401 || said.status === 403)
    return found('files', 'fail', {
      figure,
      cause: {
        en: 'the media server does not accept the password of this hall',
        th: 'เซิร์ฟเวอร์ไฟล์ไม่รับรหัสของหอนี้',
      },
      remedy: {
        en: 'as for the log-on: ask the province whether this hall is known',
        th: 'เช่นเดียวกับการเข้าสู่ระบบ: ถามจังหวัดว่าหอนี้อยู่ในระบบหรือไม่',
      },
    });
  // Asked for a file that is nobody's: the word of a server of ours that it has none is the good answer.
  if (said.status === 404 && !isPage(said))
    return found('files', 'ok', { figure: { en: `${url.host} answers`, th: `${url.host} ตอบ` } });
  if (said.status >= 500)
    return found('files', 'fail', {
      figure,
      cause: { en: 'the media server is in trouble', th: 'เซิร์ฟเวอร์ไฟล์ขัดข้อง' },
      remedy: { en: 'tell the province', th: 'แจ้งจังหวัด' },
    });
  return portal(url, said);
}

function portal(url: URL, { status, location }: Said): Finding {
  const to = location === undefined ? '' : ` → ${location.slice(0, 80)}`;
  return found('files', 'fail', {
    figure: plain(`${url.host}: HTTP ${status}${to}`),
    cause: {
      en: 'not our server answers, but a page: this network wants a log-on first (captive portal), or it stands in between',
      th: 'ที่ตอบไม่ใช่เซิร์ฟเวอร์ของเราแต่เป็นหน้าเว็บ: เครือข่ายนี้ต้องลงชื่อเข้าใช้ก่อน หรือมีผู้แทรกกลาง',
    },
    remedy: {
      en: 'log this box on at the network (who runs it can let it through by its MAC address), or use another network',
      th: 'ลงชื่อเครือข่ายให้กล่องนี้ (ผู้ดูแลเครือข่ายอนุญาตด้วยเลข MAC ได้) หรือใช้เครือข่ายอื่น',
    },
  });
}

/** Words of our own server are JSON; an empty answer is nobody's page. */
function isPage({ type, body }: Said): boolean {
  if (body === '') return false;
  return /html/i.test(type) || !Failure.safeParse(jsonOf(body)).success;
}

function ask(url: URL, who: Identity | undefined, ca: string | undefined): Promise<Said> {
  const options = {
    timeout: ANSWER_MS,
    ...(who !== undefined && { auth: `${who.device}:${who.password}` }),
    ...(ca !== undefined && { ca }),
  };
  return new Promise((resolve, reject) => {
    const hear = (response: IncomingMessage) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
        if (body.length > MOST_BYTES) response.destroy();
      });
      const { statusCode = 0, headers } = response;
      const said = { status: statusCode, type: headers['content-type'] ?? '', location: headers.location };
      response.once('close', () => resolve({ ...said, body }));
    };
    const asked =
      url.protocol === 'https:' ? requestSecure(url, options, hear) : requestPlain(url, options, hear);
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${ANSWER_MS / 1_000} s`)));
    asked.once('error', reject).end();
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
