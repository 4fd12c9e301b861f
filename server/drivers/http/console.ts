import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ServerError } from '../../errors.ts';
import { paramOf } from './bodies.ts';
import { type ConsoleFile, type ConsoleFiles, ENCODINGS, NONCE_PLACE } from './console-files.ts';
import { takenCodings } from './encodings.ts';
import type { Asked, Framework, Reply } from './framework.ts';
import { pagePolicy, plainPage } from './plain-page.ts';

const CONSOLE_PATH = '/console/';

/** A year: what has the hash of its content in its name. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** 128 bits, as CSP 3 (7.1) asks for. */
const NONCE_BYTES = 16;
/** Kept, and asked for again each time: the pages that name the others. */
const ASKED_AGAIN = 'no-cache';

const NOT_BUILT = plainPage({
  title: { th: 'ยังไม่ได้สร้างหน้าควบคุม', en: 'The console is not built' },
  text: {
    th: 'เซิร์ฟเวอร์ทำงานอยู่ แต่ยังไม่มีไฟล์หน้าควบคุม ผู้ดูแลระบบต้องสั่ง npm run build ในโฟลเดอร์โปรแกรม ระหว่างนี้ดูสถานะได้ที่ /status',
    en: 'The server runs, but the pages of its console are not there: npm run build in the folder of the program. /status shows the halls meanwhile.',
  },
});

/** The operators' console: pages and their parts, for anybody. They hold nothing; what they show is asked for with a session. */
export function serveConsole(app: Framework, files: ConsoleFiles): void {
  for (const url of ['/', CONSOLE_PATH.slice(0, -1)])
    app.get(url, (_request, reply) => reply.redirect(CONSOLE_PATH));
  app.route({
    method: ['GET', 'HEAD'],
    url: `${CONSOLE_PATH}*`,
    handler: async (request, reply) => {
      if (!(await files.isBuilt())) return notBuilt(reply);
      const file = files.at(paramOf(request, '*'));
      if (file === undefined) throw new ServerError('unknown-page');
      return file.hasNonce ? sendWithNonce(file, request, reply) : send(file, request, reply);
    },
  });
}

function notBuilt(reply: Reply): Reply {
  return reply
    .code(503)
    .header('content-security-policy', pagePolicy(NOT_BUILT.style))
    .type('text/html; charset=utf-8')
    .send(NOT_BUILT.html);
}

function send(file: ConsoleFile, request: Asked, reply: Reply): Reply {
  const coding = codingFor(file, request.headers['accept-encoding']);
  const etag = file.etag && `"${file.etag}${coding === undefined ? '' : `-${coding[0]}`}"`;
  reply.headers({
    'cache-control': etag === undefined ? FOR_EVER : ASKED_AGAIN,
    vary: 'accept-encoding',
    ...(etag !== undefined && { etag }),
    ...(file.type.startsWith('text/html') && pageHeaders(request, "'self'")),
  });
  if (etag !== undefined && isNamed(etag, request.headers['if-none-match'])) return reply.code(304).send();
  reply.type(file.type);
  if (coding !== undefined) reply.header('content-encoding', coding[0]);
  if (request.method === 'HEAD') return reply.send();
  return reply.send(createReadStream(file.path + (coding?.[1] ?? '')));
}

/** Never kept, and never the same: what knew the nonce of one answer knows nothing of the next. */
async function sendWithNonce(file: ConsoleFile, request: Asked, reply: Reply): Promise<Reply> {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  reply.headers({ 'cache-control': ASKED_AGAIN, ...pageHeaders(request, `'self' 'nonce-${nonce}'`) });
  reply.type(file.type);
  if (request.method === 'HEAD') return reply.send();
  const page = await readFile(file.path, 'utf8');
  return reply.send(page.replaceAll(NONCE_PLACE, nonce));
}

/** The smallest form that lies there and that the browser takes; undefined = as it is. */
function codingFor(file: ConsoleFile, header: string | string[] | undefined) {
  const taken = takenCodings(header);
  return ENCODINGS.find(([coding]) => file.encodings.has(coding) && taken.has(coding));
}

function isNamed(etag: string, header: string | undefined): boolean {
  return (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

/**
 * What a page of ours may do: its own scripts and nobody else's, none of them written into the page; `styles` are those of its files and
 * those that know the nonce. A recording is listened to from memory (`blob:`), and a sign's picture is painted there.
 */
function pageHeaders({ protocol, host }: Asked, styles: string): Record<string, string> {
  // Older Safari does not count a WebSocket of the same host as 'self'.
  const line = /^[\w.:[\]-]+$/.test(host) ? ` ${protocol === 'https' ? 'wss' : 'ws'}://${host}` : '';
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src ${styles}`,
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "font-src 'self'",
      `connect-src 'self'${line}`,
      "worker-src 'self' blob:",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
  };
}
