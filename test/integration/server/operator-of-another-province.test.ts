import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUESTS, type RequestName } from '../../../firmware-protocol/mqtt/requests.ts';
import { type RunningServer, serve } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import { argon2 } from '../../../server/drivers/argon2.ts';
import type { Role } from '../../../server/ports.ts';
import { FLOOD } from '../../fixtures/cap/fixtures.ts';
import { addHall } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from '../database/databases.ts';

/** Everything that there is in Udon Thani (41), asked for by somebody who may do all in Nong Khai (43) and nothing beyond. */
const PASSWORD = 'ลับมากจริงๆ 123';
const ANY: Role[] = ['viewer', 'author', 'approver', 'technician', 'key-officer'];
const PEOPLE: { user: string; roles: Role[]; areas: string[] }[] = [
  { user: 'somchai', roles: ANY, areas: ['43'] },
  { user: 'udon', roles: ANY, areas: ['41'] },
  { user: 'udon-two', roles: ANY, areas: ['41'] },
];
const sign = { title: 'ข่าวอุดร', panel: { pages: [{ text: 'ข่าวอุดร' }] } };
const entries = [{ id: 'udon-news', starts: '2031-01-01T12:00:00', band: 40, announcement: sign }];

let folder: string;
let server: RunningServer;
/** Ids of what lies in Udon Thani. */
const there = { order: '', held: '', sha256: '', alert: '', warning: '', trouble: '' };

const basic = (user: string) => `Basic ${Buffer.from(`${user}:${PASSWORD}`).toString('base64')}`;

async function ask(user: string, what: RequestName, request: object) {
  const response = await fetch(`${server.httpUrl}/api/request/${what}`, {
    method: 'POST',
    headers: { authorization: basic(user), 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what it holds is what the test is about
  return (await response.json()) as any;
}

async function done(what: RequestName, request: object) {
  const answer = await ask('udon', what, request);
  if (answer.status !== 'ok') throw new Error(`${what}: ${JSON.stringify(answer)}`);
  return answer.data;
}

async function found(database: object): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'prakat-far-'));
  const config = configFrom(
    {
      ...database,
      ...{ data: folder, broker: { kind: 'embedded', port: 0 }, http: { port: 0 } },
      ...{ log: 'silent', signer: 'inside', approvals: { step_up: false, quiet: [] } },
    },
    folder,
  );
  server = await serve({ config });
  const { db } = server.services;
  const passwordHash = await argon2().hash(PASSWORD);
  const common = { passwordHash, brokerHash: null, codeHash: null, codeExpiresAt: null, codeAttempts: 0 };
  for (const person of PEOPLE) await db.operators.put({ ...common, ...person });
  await addHall(db, 'hall-near', '43010101');
  await addHall(db, 'hall-far', '41010101');
  const push = { to: ['device/hall-far'], text: 'ข่าวอุดร' };
  there.order = (await done('push', push)).order;
  const waiting = await done('push', { ...push, kind: 'alert' });
  Object.assign(there, { held: waiting.order, sha256: waiting.waits.sha256 });
  const alarm = await done('push', { ...push, kind: 'alert' });
  const yes = { order: alarm.order, sha256: alarm.waits.sha256 };
  expect(await ask('udon-two', 'approve', yes)).toMatchObject({ status: 'ok' });
  there.alert = alarm.order;
  await done('draft', { area: '4101', entries });
  await done('publish', { area: '4101' });
  await done('draft', { area: '4101', entries });
  await done('templates', { change: 'put', area, ...TEMPLATE });
  const facts = { sha256: 'd'.repeat(64), bytes: 9, ms: 900, title: 'เสียงอุดร', loudness_clufs: -1_600 };
  await db.media.put({ ...facts, uploadedBy: 'udon', uploadedAt: 7 });
  await db.uploads.put({
    ...{ sha256: facts.sha256, by: 'udon', kind: 'sound', title: facts.title },
    ...{ areas: ['41'], at: 7, shared: true },
  });
  await done('groups', { group: 'rim-khong', title: 'ริมหนองประจักษ์', areas: ['410101'] });
  const wrong = { change: 'report', village: '41010101', part: 'tower', text: 'ลำโพงเงียบ' };
  there.trouble = (await done('troubles', wrong)).troubles[0]?.trouble;
  there.warning = await warningThere();
}

/** A warning that waits, for one village of Udon Thani. */
async function warningThere(): Promise<string> {
  const { db } = server.services;
  await fetch(`${server.httpUrl}/alerts`, {
    method: 'POST',
    headers: { authorization: basic('udon'), 'content-type': 'application/cap+xml' },
    body: FLOOD,
  });
  const [record] = await db.alerts.list({ limit: 1 });
  if (record === undefined) throw new Error('no warning came');
  await db.alerts.put({ ...record, to: ['41010101'], state: 'waiting' });
  return record.id;
}

const [NOTHING, OUTSIDE] = ['an answer without a word of it', 'outside-scope'];
const [area, device] = ['4101', 'hall-far'];
const TEMPLATE = { template: 'udon-flood', use: 'saved', title: 'น้ำท่วมอุดร', push: { text: 'น้ำท่วมอุดร' } };
const JANUARY = { from: '2031-01-01', until: '2031-01-31' };

const OF_AN_AREA: [request: () => object, refused: string][] = [
  [() => ({ area }), OUTSIDE],
  [() => ({}), NOTHING],
];

/** Each request of the catalogue with what lies in the other province; a new request has to say here what it refuses. */
const ROWS: { [N in RequestName]: [request: () => object, refused: string][] } = {
  push: [
    [() => ({ to: ['41010101'], text: 'x' }), OUTSIDE],
    [() => ({ to: ['device/hall-far'], text: 'x' }), OUTSIDE],
    [() => ({ to: ['43', '41'], text: 'x', kind: 'test' }), OUTSIDE],
    // Meant for 43010101, and typed too short: it would have been the country.
    [() => ({ to: ['th'], text: 'x' }), OUTSIDE],
    [() => ({ to: ['group/rim-khong'], text: 'x' }), OUTSIDE],
  ],
  plan: [[() => ({ to: ['41010101'], text: 'x' }), OUTSIDE]],
  say: [],
  stop: [
    [() => ({ to: ['41010101'] }), OUTSIDE],
    [() => ({ order: there.order }), OUTSIDE],
    [() => ({ order: there.alert }), OUTSIDE],
  ],
  programme: [
    [() => ({ area }), OUTSIDE],
    [() => ({ area, entries: [] }), OUTSIDE],
  ],
  explain: [
    [() => ({ who: area }), OUTSIDE],
    [() => ({ who: 'device/hall-far' }), OUTSIDE],
  ],
  devices: [
    [() => ({ area }), OUTSIDE],
    [() => ({}), NOTHING],
    [() => ({ device }), NOTHING],
  ],
  halls: [
    [() => ({ area }), OUTSIDE],
    [() => ({ search: 'hall-far' }), NOTHING],
  ],
  overview: OF_AN_AREA,
  health: [[() => ({ device }), OUTSIDE]],
  screen: [[() => ({ device }), OUTSIDE]],
  preview: [[() => ({ to: ['41010101'], text: 'x' }), OUTSIDE]],
  order: [[() => ({ order: there.order }), 'unknown-order']],
  orders: [[() => ({}), NOTHING]],
  retry: [[() => ({ order: there.order }), 'unknown-order']],
  reports: [[() => ({ device }), OUTSIDE]],
  enrol: [
    [() => ({ device: 'new-one', village: '41010101', name: 'x' }), OUTSIDE],
    // The name of a box that stands elsewhere: nobody takes it over.
    [() => ({ device, village: '43010101', name: 'x' }), 'name-taken'],
  ],
  export: [[() => ({ area }), OUTSIDE]],
  // Whoever carries the stick, the hall's own signature is what counts.
  import: [[() => ({ batch: { device, reports: [] } }), 'reports-refused']],
  // The book is whole or no chain: it is the auditor's.
  audit: [[() => ({}), 'not-allowed']],
  approvals: [[() => ({ all: true }), NOTHING]],
  approve: [[() => ({ order: there.held, sha256: there.sha256 }), OUTSIDE]],
  refuse: [[() => ({ order: there.held, reason: 'x' }), OUTSIDE]],
  prove: [],
  // One's own, whoever asks.
  passkeys: [[() => ({}), NOTHING]],
  keys: [[() => ({}), NOTHING]],
  people: [
    [() => ({}), NOTHING],
    [() => ({ change: 'close', user: 'udon' }), OUTSIDE],
    [() => ({ change: 'code', user: 'udon' }), OUTSIDE],
    [() => ({ change: 'roles', user: 'udon', roles: ['viewer'], areas: ['43'] }), OUTSIDE],
    [() => ({ change: 'add', user: 'spy', roles: ['viewer'], areas: ['41'] }), OUTSIDE],
  ],
  places: [
    [() => ({ area }), OUTSIDE],
    [() => ({ area: '43', csv: 'code,name\n41010101,x\n' }), 'places-invalid'],
  ],
  groups: [
    [() => ({ group: 'rim-khong', remove: true }), OUTSIDE],
    [() => ({ group: 'rim-khong', title: 'x', areas: ['430101'] }), OUTSIDE],
    [() => ({ group: 'our-own', title: 'x', areas: ['410101'] }), OUTSIDE],
  ],
  coverage: OF_AN_AREA,
  draft: [
    [() => ({ area }), OUTSIDE],
    [() => ({ area, discard: true }), OUTSIDE],
  ],
  publish: [
    [() => ({ area }), OUTSIDE],
    [() => ({ area, dry_run: true }), OUTSIDE],
    [() => ({ area, version: 1 }), OUTSIDE],
  ],
  versions: [[() => ({ area }), OUTSIDE]],
  delivery: [[() => ({ area }), OUTSIDE]],
  calendar: [[() => ({ area, name: 'school', csv: 'date,title\n2026-12-01,x\n' }), OUTSIDE]],
  troubles: [
    [() => ({ area }), OUTSIDE],
    [() => ({ change: 'report', village: '41010101', part: 'tower', text: 'x' }), OUTSIDE],
    [() => ({ change: 'close', trouble: there.trouble, text: 'x' }), 'unknown-trouble'],
  ],
  alerts: [[() => ({}), NOTHING]],
  alert: [
    [() => ({ alert: there.warning }), 'alert-unknown'],
    [() => ({ alert: there.warning, decision: 'approve' }), 'alert-unknown'],
    [() => ({ alert: there.warning, decision: 'reject' }), 'alert-unknown'],
  ],
  cap: [[() => ({ order: there.alert }), 'unknown-order']],
  hearing: [
    [() => ({ area }), OUTSIDE],
    [() => ({ area: 'th' }), NOTHING],
  ],
  templates: [
    [() => ({}), NOTHING],
    [() => ({ area }), OUTSIDE],
    [() => ({ change: 'put', area, ...TEMPLATE }), OUTSIDE],
    [() => ({ change: 'remove', area, template: 'udon-flood' }), OUTSIDE],
  ],
  library: [
    [() => ({}), NOTHING],
    [() => ({ by: 'udon' }), NOTHING],
    [() => ({ sha256: 'd'.repeat(64) }), NOTHING],
    [() => ({ sha256: 'd'.repeat(64), by: 'udon', change: 'remove' }), 'unknown-media'],
    [() => ({ sha256: 'd'.repeat(64), by: 'udon', change: 'rename', title: 'x' }), 'unknown-media'],
  ],
  occurrences: [
    [() => ({ area, ...JANUARY }), OUTSIDE],
    [() => ({ area, ...JANUARY, which: 'draft' }), OUTSIDE],
    [() => ({ area, ...JANUARY, below: true }), OUTSIDE],
    [() => ({ area: 'th', ...JANUARY, which: 'draft' }), OUTSIDE],
    [() => ({ area: 'th', ...JANUARY }), NOTHING],
  ],
  ical: [[() => ({ area }), OUTSIDE]],
  adopt: [[() => ({ area, ics: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' }), OUTSIDE]],
};

describe.each(DATABASES)('beside %s', (kind) => {
  let source: DatabaseSource;
  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
    await found(source.named());
  });
  afterAll(async () => {
    await server.stop();
    await source.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(
    Object.entries(ROWS).flatMap(([what, asked]) =>
      asked.map(([request, refused], at) => ({ what: what as RequestName, at, request, refused })),
    ),
  )('$what ($at) reaches nothing of another province: $refused', async ({ what, request, refused }) => {
    const before = await everythingThere();
    const answer = await ask('somchai', what, request());
    if (refused !== NOTHING) expect(answer.error?.code, JSON.stringify(answer)).toBe(refused);
    else {
      expect(answer).toMatchObject({ status: 'ok' });
      for (const word of ['hall-far', '4101', 'udon', 'อุดร', there.order, there.held, there.warning])
        expect(JSON.stringify(answer)).not.toContain(word);
    }
    expect(await everythingThere()).toEqual(before);
  });

  it('whoever is at home there reaches all of it', async () => {
    for (const [what, asked] of Object.entries(ROWS))
      for (const [request, refused] of asked.filter(
        ([, each]) => each === 'unknown-order' || each === NOTHING,
      ))
        expect(await ask('udon', what as RequestName, request()), `${what}: ${refused}`).toMatchObject({
          status: 'ok',
        });
    expect(await ask('udon', 'alert', { alert: there.warning })).toMatchObject({ status: 'ok' });
    expect((await ask('udon', 'devices', {})).data.devices).toMatchObject([{ device: 'hall-far' }]);
  });
});

it('every request of the catalogue is asked here', () => {
  expect(Object.keys(ROWS).sort()).toEqual(Object.keys(REQUESTS).sort());
});

/** What nobody from elsewhere may change. */
async function everythingThere(): Promise<unknown> {
  const { db } = server.services;
  return {
    held: await db.held.list(undefined, 10),
    draft: await db.drafts.get(area),
    programme: (await db.programmes.current(area))?.version,
    groups: await db.groups.all(),
    templates: await db.templates.all(),
    library: await db.uploads.page({ limit: 10 }),
    alert: (await db.alerts.get(there.warning))?.state,
    udon: (await db.operators.get('udon'))?.roles,
    orders: (await db.orders.alive(0, 100)).length,
  };
}
