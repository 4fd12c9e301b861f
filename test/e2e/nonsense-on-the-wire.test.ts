import { beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import { Order, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import { newKeyPair, signed, signingKey } from '../../firmware-protocol/content/signature.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import { endsOf, events, foundCountry, recordedSpeech, say, temporaryFolder, until } from './setting.ts';

const folder = await temporaryFolder();
const VILLAGE = '43010101';
const MY_ORDERS = topicOf('areaOrder', { zone: '43', area: VILLAGE });
let country: Country;
let hall: Hall;
let media: string[];

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-rogue', village: VILLAGE });
  [hall] = country.halls as [Hall];
  await country.wake();
  media = [(await recordedSpeech(country)).sha256];
});

/** What a rogue with the rights of the server can put on the wire. */
async function publish(payload: string | object, topic = MY_ORDERS, retained = false): Promise<void> {
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload), 'latin1');
  await country.server.services.broker.publish({ topic, payload: bytes, qos: 1, retained });
}

let orders = 0;

/** A chime, as the server would order it. */
function orderTo(to: string, issuedAt = Date.now(), lifeMs = 600_000): UnsignedOrder {
  orders += 1;
  return {
    ...{ format: 1, kind: 'announce', band: 60, to: [to], by: 'rogue', outputs: ['tower'] },
    id: `01ARZ3NDEKTSV4RRFFQ69G5F${String(orders).padStart(2, '0')}`,
    issued_at: instantOf(issuedAt),
    expires_at: instantOf(issuedAt + lifeMs),
    announcement: {
      title: 'chime',
      language: 'th',
      tower: { chime: 'ding', parts: [], times: 1, gap_ms: 0 },
    },
  };
}

function signedByServer(order: UnsignedOrder): Promise<object> {
  return country.server.services.signer.sign(order);
}

async function refusals(): Promise<string[]> {
  return (await events(country, hall)).flatMap((event) =>
    event.type === 'refused' ? [`${event.reason} x${event.count}`] : [],
  );
}

test('what is no order, or not a good one, is refused and reported once; nothing sounds; the hall lives on', async () => {
  const agent = hall.pid;
  const good = await say(country, { to: [VILLAGE], media, chime: 'none' });
  await until(async () => expect(await endsOf(country, hall, good)).toEqual(['tower finished']));
  const before = { wavs: await wavFilesIn(hall.wavFolder), relay: hall.board.relay.timeline().length };
  const [server] = country.server.services.keys().keys;
  const keyMadeAt = epochMsOf(server?.not_before ?? '');
  const rogueSeed = newKeyPair().seed;
  const cases: [string, () => Promise<void>][] = [
    ['malformed', () => publish('\u0000\u00ff\u00feเ not JSON at all {{{')],
    ['too-large', () => publish({ ...orderTo(VILLAGE), note: 'x'.repeat(300 * 1024) })],
    ['bad-signature', () => publish(signed(orderTo(VILLAGE), signingKey(server?.id ?? '', rogueSeed)))],
    ['unknown-key', () => publish(signed(orderTo(VILLAGE), signingKey('rogue-1', rogueSeed)))],
    ['for-another', async () => publish(await signedByServer(orderTo('41010105')))],
    // As old as the key: seconds by now, which no difference between two clocks makes good again.
    ['expired', async () => publish(await signedByServer(orderTo(VILLAGE, keyMadeAt, 1)))],
    ['too-early', async () => publish(await signedByServer(orderTo(VILLAGE, Date.now() + 3_600_000)))],
    ['seen', async () => publish((await country.server.services.dispatch.order(good)) ?? '')],
  ];
  for (const [reason, send] of cases) {
    await send();
    await until(async () => expect((await refusals()).at(-1)).toBe(`${reason} x1`));
  }
  expect(await refusals()).toEqual(cases.map(([reason]) => `${reason} x1`));
  expect(await wavFilesIn(hall.wavFolder)).toEqual(before.wavs);
  expect(hall.board.relay.timeline()).toHaveLength(before.relay);
  expect(hall.pid).toBe(agent);
  const next = await say(country, { to: [VILLAGE], media, chime: 'none' });
  await until(async () => expect(await endsOf(country, hall, next)).toEqual(['tower finished']));
});

test('a retained order is found at the next start, refused, and does not sound', async () => {
  const order = await signedByServer(orderTo(VILLAGE));
  expect(Order.safeParse(order).success).toBe(true);
  await hall.cutPower();
  await publish(order, MY_ORDERS, true);
  const before = await wavFilesIn(hall.wavFolder);
  hall.start();
  await until(async () => expect(await refusals()).toContain('retained x1'));
  await publish('', MY_ORDERS, true);
  const next = await say(country, { to: [VILLAGE], media, chime: 'none' });
  await until(async () => expect(await endsOf(country, hall, next)).toEqual(['tower finished']));
  expect(await wavFilesIn(hall.wavFolder)).toHaveLength(before.length + 1);
});

test('garbage on the topics of programmes and keys changes nothing', async () => {
  await publish('{"format":', topicOf('areaProgramme', { zone: '43', area: VILLAGE }));
  await publish('[1,2,3]', topicOf('keys', {}));
  await until(async () => {
    const whats = (await events(country, hall)).flatMap((event) =>
      event.type === 'refused' ? [event.what] : [],
    );
    expect(whats).toEqual(expect.arrayContaining([`programme/${VILLAGE}`, 'keys']));
  });
  const next = await say(country, { to: [VILLAGE], media, chime: 'none' });
  await until(async () => expect(await endsOf(country, hall, next)).toEqual(['tower finished']));
});
