import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { OperatorClient } from '../../../scripts/operator/client.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { PaperHall } from '../../integration/server/paper-hall.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { entry, MONDAY } from './plan-stage.ts';
import { type Account, colleague, expectNoComplaints, logOn, type Visitor, visit } from './stage.ts';

/** Two provinces on one server, and who may look at what of them. */
const folder = await temporaryFolder();
let country: Country;
/** Of Nong Khai (43), with every role that there is in a province. */
let somchai: Account;
/** Of one district in Nong Khai and one in Udon Thani. */
let malee: Account;
/** Of Udon Thani, whose things somchai looks for. */
let udon: OperatorClient;
let far: PaperHall;
const halls: PaperHall[] = [];
const there = { order: '' };
/** Whatever somchai's page shows, none of these is in it. */
const OF_UDON = /อุดร|hall-4101|หนองบัว|udon/;

const VILLAGES = ['43010101', '43020101', '41010106', '41020101'];
const EVERY_ROLE = ['author', 'approver', 'technician', 'key-officer'] as const;

beforeAll(async () => {
  country = await foundCountry(folder);
  await country.operator.ask('places', {
    csv: 'code,name\n43010101,บ้านเสาเล้า\n43020101,บ้านฝั่งแดง\n41010106,บ้านหนองบัว\n41020101,บ้านกุดจับ\n',
  });
  for (const village of VILLAGES) halls.push(await hallIn(village));
  const [, , third] = halls;
  if (third === undefined) throw new Error('no hall was enrolled');
  far = third;
  somchai = await colleague(country, { user: 'somchai', roles: [...EVERY_ROLE], areas: ['43'] });
  malee = await colleague(country, { user: 'malee', roles: ['author'], areas: ['4302', '4101'] });
  const account = await colleague(country, { user: 'udon', roles: [...EVERY_ROLE], areas: ['41'] });
  udon = await OperatorClient.connect({ ...country.profile, ...account });
  const sign = { title: 'ข่าวอุดร', panel: { pages: [{ text: 'ข่าวอุดร' }] } };
  there.order = (await udon.ask('push', { to: ['41010106'], announcement: sign })).order;
  await udon.ask('draft', { area: '41', entries: [entry('udon', '12:00', 'ผังของอุดร')], slots: [] });
  await udon.ask('publish', { area: '41', accept: ['frozen'] });
});
afterAll(async () => {
  await udon?.close();
  for (const { guest } of halls) guest?.cut();
});

async function hallIn(village: string): Promise<PaperHall> {
  const device = `hall-${village}`;
  const { code } = await country.operator.ask('enrol', { device, village, name: `ศาลา ${device}` });
  const hall = await PaperHall.enrol(country.server.httpUrl, code);
  await hall.connect();
  await tells(hall, true);
  return hall;
}

async function tells({ guest, answer, topic }: PaperHall, works: boolean): Promise<void> {
  const state = {
    ...{ boot: 1, version: '0.1.0', village: answer.village, trust: 'full', boot_nonce: 'n', keys: 1 },
    ...{ programmes: [], warnings: [], outputs: { tower: { works }, panel: { works: true } } },
  };
  await guest?.publish(topicOf('state', topic), JSON.stringify(state), { retain: true });
}

async function enter(path: string, who: Account): Promise<Visitor> {
  const visitor = await visit(country, { path });
  await logOn(visitor.page, who);
  return visitor;
}

/** Everything that is written on the page, where it is read and where it is heard. */
const written = (page: Page) =>
  page.evaluate<string>(
    "document.querySelector('main').innerText + [...document.querySelectorAll('main [aria-label]')].map((each) => each.getAttribute('aria-label')).join()",
  );

/** Addresses that somebody could type who knows what there is in the other province, and the words that show that the room is there. */
const TYPED: [room: string, address: () => string, shown: RegExp][] = [
  ['fleet', () => '/console/?area=41', /ท่านไม่มีสิทธิ์|อยู่นอกพื้นที่|นอกเขต/],
  ['fleet, by a word', () => '/console/?q=hall-4101', /ไม่มีหอกระจายข่าวตรงกับที่เลือก/],
  ['a hall', () => '/console/fleet/hall-41010106', /ไม่มีหอนี้ในพื้นที่ของท่าน/],
  ['an order', () => `/console/orders/${there.order}`, /ไม่พบประกาศนี้/],
  ['orders', () => '/console/orders', /ยังไม่มีประกาศ/],
  ['schedule', () => `/console/schedule?area=41&view=week&day=${MONDAY}`, /นอก/],
  ['coverage', () => '/console/coverage?area=41', /นอก/],
  ['troubles', () => '/console/troubles?area=41', /ไม่มีเรื่องค้าง|นอก/],
  ['wall', () => '/console/wall', /ไม่มีการเตือนภัย/],
  ['approvals', () => '/console/approvals', /ไม่มี/],
  ['library', () => '/console/library', /./],
  ['people', () => '/console/people', /somchai/],
  ['audit', () => '/console/audit', /ไม่มีสิทธิ์/],
];

test('whoever is of one province sees nothing of another, by no address that can be typed', async () => {
  const visitor = await enter('/console/', somchai);
  const { page } = visitor;
  for (const [room, address, shown] of TYPED) {
    await page.goto(address());
    await until(async () => expect(await page.locator('body').innerText(), room).toMatch(shown), 15_000);
    expect(await written(page), room).not.toMatch(OF_UDON);
  }
  // Whoever is at home there finds all of it under the same addresses.
  const home = await enter('/console/fleet/hall-41010106', {
    user: 'udon',
    password: 'udon-ประกาศดังทั่วหมู่บ้าน',
  });
  await home.page.getByRole('heading', { name: 'ศาลา hall-41010106' }).waitFor();
  await home.page.goto(`/console/orders/${there.order}`);
  await home.page.getByRole('heading', { name: 'ข่าวอุดร' }).waitFor();
});

test('who may be spoken to are one’s own halls: the list, the map and the search offer no other', async () => {
  const { page } = await enter('/console/push', somchai);
  await page.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).waitFor();
  expect(await page.getByRole('checkbox', { name: /อุดร/ }).count()).toBe(0);
  await page.getByRole('tab', { name: 'แผนที่' }).click();
  await page.getByRole('button', { name: /^จังหวัดหนองคาย:/ }).waitFor();
  expect(await page.locator('[data-area]').count()).toBe(1);
  await page.getByRole('tab', { name: 'รายแห่ง' }).click();
  await page.getByRole('checkbox', { name: /hall-43010101/ }).waitFor();
  expect(await page.getByRole('checkbox', { name: /hall-41/ }).count()).toBe(0);
  await page.getByLabel(/ค้นหาชื่อหอกระจายข่าว/).fill('hall-41010106');
  await page.getByText('ไม่พบหอกระจายข่าว ลองค้นด้วยคำอื่น').waitFor();
});

test('the explorer asks as the person does: what is of another province is refused, by question and by order', async () => {
  const { page } = await enter('/console/explorer', somchai);
  const ask = async (what: string, body: object) => {
    await page.getByRole('textbox', { name: 'คำขอ' }).fill(what);
    await page.locator('textarea').first().fill(JSON.stringify(body));
    await page.getByRole('button', { name: 'ส่ง', exact: true }).click();
  };
  for (const [what, body, refused] of [
    ['overview', { area: '41' }, 'พื้นที่ 41 อยู่นอกเขตของบัญชีนี้'],
    ['push', { to: ['device/hall-41010106'], text: 'x' }, 'อยู่นอกเขตของบัญชีนี้'],
    ['stop', { order: there.order }, 'อยู่นอกเขตของบัญชีนี้'],
    ['order', { order: there.order }, there.order],
  ] as const) {
    await ask(what, body);
    await page.getByRole('alert').filter({ hasText: refused }).waitFor();
    expect(await page.getByLabel('คำตอบ').count(), what).toBe(0);
  }
});

/** MQTT 3.1.1 as it stands on the wire, by the page itself: CONNECT with its cookie and SUBSCRIBE. Resolves when that is answered or the line cut; `spy` goes on listening. */
const LISTEN = `(user, filter) => new Promise((done) => {
  const utf8 = (text) => { const bytes = [...new TextEncoder().encode(text)]; return [bytes.length >> 8, bytes.length & 255, ...bytes]; };
  const packet = (type, body) => new Uint8Array([type, body.length, ...body]);
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/mqtt', 'mqtt');
  socket.binaryType = 'arraybuffer';
  window.spy = { socket, granted: [], heard: 0, cut: false };
  socket.onopen = () => socket.send(packet(0x10, [...utf8('MQTT'), 4, 0xc2, 0, 60, ...utf8('spy'), ...utf8(user), ...utf8('')]));
  let come = [];
  socket.onmessage = ({ data }) => {
    // A packet comes in as many pieces as the broker writes it in.
    come.push(...new Uint8Array(data));
    for (;;) {
      let at = 1, length = 0;
      do length += (come[at] & 127) << (7 * (at - 1)); while (come[at++] > 127);
      if (come.length < 2 || come.length < at + length) return;
      const [type, body] = [come[0] >> 4, come.slice(at, at + length)];
      come = come.slice(at + length);
      if (type === 2) socket.send(packet(0x82, [0, 1, ...utf8(filter), 1]));
      if (type === 3) window.spy.heard++;
      if (type === 9) { window.spy.granted.push(...body.slice(2)); done(); }
    }
  };
  socket.onclose = () => { window.spy.cut = true; done(); };
})`;
const HEARD =
  '(() => { const { granted, heard, cut, socket } = window.spy; socket.close(); return { granted, heard, cut }; })()';
/** SUBACK: not granted (MQTT 3.1.1, 3.9.3). */
const REFUSED = 0x80;

/** What becomes of a subscription of somchai's page, and how much it heard until he himself heard of something that came later. */
async function listen({ page }: Visitor, filter: string) {
  await page.evaluate(`(${LISTEN})('somchai', ${JSON.stringify(filter)})`);
  // While somebody listens, the other province has something to say.
  const sign = { title: 'ลับ', panel: { pages: [{ text: 'ลับ' }] } };
  for (const works of [false, true]) await tells(far, works);
  await udon.ask('push', { to: ['41010106'], announcement: sign });
  await until(async () =>
    expect(
      (await udon.ask('devices', { device: far.topic.device })).devices[0]?.state?.outputs.tower?.works,
    ).toBe(true),
  );
  return page.evaluate<{ granted: number[]; heard: number; cut: boolean }>(HEARD);
}

test('a line of the page’s own, over the WebSocket, is granted no topic of another province and hears none', async () => {
  const visitor = await enter('/console/', somchai);
  const { zone, device } = far.topic;
  const own = await listen(visitor, 'prakat/v1/operator/somchai/event/+');
  expect(own).toMatchObject({ granted: [1], cut: false });
  for (const filter of [
    topicOf('state', { zone, device }),
    topicOf('deviceOrder', { zone, device }),
    topicOf('areaOrder', { zone, area: '41010106' }),
    'prakat/v1/operator/udon/event/+',
    'prakat/v1/operator/udon/response/+',
    'prakat/v1/#',
    '#',
  ]) {
    const { granted, heard, cut } = await listen(visitor, filter);
    expect(cut || granted[0] === REFUSED, filter).toBe(true);
    expect(heard, filter).toBe(0);
  }
});

test('an account of two districts in two provinces has both and nothing beside: list, tree, map, counts and targets', async () => {
  const visitor = await enter('/console/', malee);
  const { page } = visitor;
  const names = () => page.locator('.row-link').allInnerTexts();
  await until(async () => expect(await names()).toEqual(['ศาลา hall-41010106', 'ศาลา hall-43020101']));
  const tree = page.locator('.fleet-tree');
  await tree.getByRole('button', { name: /^พื้นที่ทั้งหมดของฉัน\s*: ออนไลน์ 2 จาก 2/ }).waitFor();
  expect(await page.getByRole('group', { name: /สถานะในพื้นที่นี้/ }).innerText()).toMatch(
    /^2\s*ทั้งหมด\s*2\s*ออนไลน์/,
  );
  // Of each province one of the two halls is theirs, and one is counted.
  await tree.getByRole('button', { name: /^จังหวัดอุดรธานี\s*: ออนไลน์ 1 จาก 1/ }).waitFor();
  await tree.getByRole('button', { name: /^จังหวัดหนองคาย\s*: ออนไลน์ 1 จาก 1/ }).waitFor();
  expect(await page.locator('[data-area]').count()).toBe(2);

  await page.getByRole('button', { name: /^จังหวัดหนองคาย: ออนไลน์ 1 จาก 1/ }).press('Enter');
  await until(async () => expect(await names()).toEqual(['ศาลา hall-43020101']));
  await page
    .getByRole('navigation', { name: 'พื้นที่ที่ดูอยู่' })
    .getByRole('button', { name: 'พื้นที่ทั้งหมดของฉัน' })
    .click();
  await until(async () => expect(await names()).toHaveLength(2));
  await page.goto('/console/?area=4301');
  await page.getByText('พื้นที่ 4301 อยู่นอกเขตของบัญชีนี้').first().waitFor();

  await page.goto('/console/push');
  await page.getByRole('checkbox', { name: 'อำเภอท่าบ่อ' }).check();
  await page.getByRole('checkbox', { name: 'อำเภอเมืองอุดรธานี' }).check();
  expect(await page.getByRole('checkbox', { name: /^จังหวัด/ }).count()).toBe(0);
  const chips = page.getByRole('list', { name: 'ประกาศถึง' });
  await until(async () => expect(await chips.innerText()).toMatch(/ท่าบ่อ\s*1 แห่ง\s*อำเภอเมืองอุดรธานี\s*1 แห่ง/));
  await page.getByLabel('ข้อความบนป้าย').fill('ข่าวสองอำเภอ');
  await page.getByText('ถึงหอกระจายข่าว 2 แห่ง').waitFor();

  await page.goto('/console/wall');
  await until(async () =>
    expect(await page.locator('.wall-figures').innerText()).toMatch(/^2\s*ออนไลน์\s*จาก 2 แห่ง/),
  );
  expectNoComplaints(visitor, /401|403/);
});
