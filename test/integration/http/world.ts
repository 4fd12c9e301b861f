import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import type { Answer } from '../../../firmware-protocol/mqtt/answer.ts';
import { MediaLibrary } from '../../../server/content/media-library.ts';
import { PictureLibrary } from '../../../server/content/picture-library.ts';
import { UploadBook } from '../../../server/content/upload-book.ts';
import { openDatabase } from '../../../server/drivers/database/database.ts';
import { HttpApp } from '../../../server/drivers/http/app.ts';
import { findFfmpeg } from '../../../server/drivers/media/ffmpeg-binary.ts';
import { MediaFolder } from '../../../server/drivers/media/media-folder.ts';
import { ChildPictureMaker } from '../../../server/drivers/media/picture-maker.ts';
import { FfmpegTranscoder } from '../../../server/drivers/media/transcoder.ts';
import { systemClock, systemRandom } from '../../../server/drivers/system-clock.ts';
import { ServerError } from '../../../server/errors.ts';
import { Attempts } from '../../../server/operators/attempts.ts';
import { Sessions } from '../../../server/operators/sessions.ts';
import type { Door, FleetRow, OperatorIdentity, Principal, RecentOrder } from '../../../server/ports.ts';
import type { Database, OperatorRecord } from '../../../server/tables.ts';
import { bundlePictureMaker } from '../child-bundle.ts';

export const UPLOAD_LIMIT_BYTES = 4_000_000;

const operator = (user: string, role: 'viewer' | 'author'): Principal => ({
  kind: 'operator',
  user,
  identity: { user, roles: [role], areas: ['43'] },
});
const PASSWORD = 'ถูกต้อง:1';
const PEOPLE: Record<string, Principal> = {
  somchai: operator('somchai', 'author'),
  malee: operator('malee', 'viewer'),
  kaew: operator('kaew', 'viewer'),
  'nongkhai-1': { kind: 'device', user: 'nongkhai-1', village: '43010101' },
};

export const PLAN = {
  area: '43',
  which: 'published',
  version: 7,
  entries: 0,
  ics: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
} as const;

/** An answer as long as a list of halls. */
export const LONG = {
  halls: Array.from({ length: 400 }, (_, at) => ({ device: `hall-${at}`, name: 'ศาลากลางบ้าน' })),
};

export interface World {
  url: string;
  /** Where it looks for the pages of the console. */
  pages: string;
  /** What is left of uploads in the data folder: scratch files, kept files, rows. */
  remains(): Promise<{ scratch: number; media: string[] }>;
  row(sha256: string): Promise<object | undefined>;
  asked: { user: string; what: string; payload: string }[];
  logged: string[];
  /** From where enrolments came. */
  addresses: string[];
  /** As if the owner had chosen another password. */
  choosePassword(user: string): Promise<void>;
  /** Roles and areas, as they are changed behind a session's back. */
  change(identity: OperatorIdentity): Promise<void>;
  close(): Promise<void>;
}

/** The real HTTP server over real files, a real database and a real ffmpeg; only who may enter is written down here. */
export async function openWorld(devices: FleetRow[] = [], orders: RecentOrder[] = []): Promise<World> {
  const data = await mkdtemp(join(tmpdir(), 'prakat-http-'));
  const db = await openDatabase(join(data, 'server.db'));
  const transcoder = new FfmpegTranscoder(await findFfmpeg(process.env));
  const makerPath = await bundlePictureMaker('http-world');
  const maker = new ChildPictureMaker(() => makerPath);
  const clock = systemClock();
  const files = await MediaFolder.open(data);
  const pages = join(data, 'console');
  const asked: World['asked'] = [];
  const logged: string[] = [];
  const addresses: string[] = [];
  const log = {
    info: () => {},
    warn: (_facts: object, message: string) => logged.push(message),
    error: (facts: object, message: string) => logged.push(`${message} ${JSON.stringify(facts)}`),
  };
  const door: Door = {
    open: async (user, password) => (password === PASSWORD ? PEOPLE[user] : undefined),
  };
  for (const { user, kind } of Object.values(PEOPLE)) if (kind === 'operator') await choosePassword(db, user);
  const attempts = new Attempts(clock);
  const logOns = { came: (fact: object) => logged.push(JSON.stringify(fact)) };
  const sessions = new Sessions({ db, door, attempts, clock, random: systemRandom(), logOns });
  const book = new UploadBook({ uploads: db.uploads, operators: { identity: async () => undefined }, clock });
  const app = new HttpApp({
    listen: { host: '127.0.0.1', port: 0, proxies: ['127.0.0.1'], console: pages },
    door,
    sessions,
    pages: { welcome: (stream) => stream.destroy() },
    facts: { training: false, step_up: true, voice: false, version: '0.1.0' },
    operators: {
      redeemCode: async ({ code }) => {
        if (code !== 'ABCDE-FGHJK') throw new ServerError('code-wrong');
      },
    },
    enrolment: {
      roots: () => [{ id: 'root-1', public: newKeyPair().publicKey }],
      enrol: async (_asked, from) => {
        addresses.push(from);
        throw new ServerError('too-many-attempts', { context: { seconds: 30 } });
      },
    },
    requests: async (user, what, payload): Promise<Answer> => {
      asked.push({ user, what, payload: Buffer.from(payload).toString() });
      if (what === 'ical') return { status: 'ok', data: PLAN };
      if (what === 'halls') return { status: 'ok', data: LONG };
      if (what === 'push') return { status: 'ok', data: { order: 'x' }, transaction: 7 };
      return {
        status: 'error',
        error: new ServerError('outside-scope', { context: { area: '41' } }).failure(),
      };
    },
    library: new MediaLibrary({
      files,
      transcoder,
      media: db.media,
      book,
      clock,
      maxBytes: UPLOAD_LIMIT_BYTES,
    }),
    pictures: new PictureLibrary({ files, maker, pictures: db.pictures, book, clock }),
    fleet: { devices: async () => devices },
    dispatch: { recent: async () => orders },
    receiveAlerts: async () => [],
    clock,
    log,
    timeouts: { bodyMs: 300 },
  });
  const port = await app.start();
  return {
    url: `http://127.0.0.1:${port}`,
    pages,
    remains: async () => ({
      scratch: (await readdir(join(data, 'media-scratch'))).length,
      media: await readdir(join(data, 'media')),
    }),
    row: (sha256) => db.media.get(sha256),
    asked,
    logged,
    addresses,
    choosePassword: (user) => choosePassword(db, user),
    change: async (identity) => db.operators.put({ ...(await accountOf(db, identity.user)), ...identity }),
    close: async () => {
      await app.stop();
      await transcoder.close();
      await maker.close();
      await db.close();
      await rm(data, { recursive: true });
    },
  };
}

async function accountOf(db: Database, user: string): Promise<OperatorRecord> {
  const known = await db.operators.get(user);
  if (known !== undefined) return known;
  const person = PEOPLE[user];
  if (person?.kind !== 'operator') throw new Error(`${user} is no person`);
  const nothing = { brokerHash: null, codeHash: null, codeExpiresAt: null, codeAttempts: 0 };
  return { ...person.identity, ...nothing, passwordHash: null };
}

async function choosePassword(db: Database, user: string): Promise<void> {
  await db.operators.put({ ...(await accountOf(db, user)), passwordHash: `hash ${Math.random()}` });
}

export function basic(user: string, password = PASSWORD): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

export function fileForm(content: Uint8Array | string, name: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(content)]), name);
  return form;
}
