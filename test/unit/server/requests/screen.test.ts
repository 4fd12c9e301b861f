import { expect, test } from 'vitest';
import type { Screen } from '../../../../firmware-protocol/mqtt/sign-screen.ts';
import { settled } from '../hand-clock.ts';
import { addHall } from '../office.ts';
import { openProvince, stateWith } from './province.ts';

const SCREEN: Screen = {
  face: { width: 128, height: 64, depth: 'rgb565', marquee: false },
  ...{ known: 'confirmed', since: '2026-11-13T09:00:00.000+07:00', crc: '00c0ffee', of: { type: 'idle' } },
  ...{ picture: 'a', png: 'iVBORw0KGgo=', unknown: [] },
};

test('people who see the hall get the picture of its sign, and when the server heard it', async () => {
  const { db, broker, questions, answer } = await openProvince();
  await addHall(db, 'hall-a', '43010101');
  const told = Promise.all(['somchai', 'malee'].map((user) => answer(user, 'screen', { device: 'hall-a' })));
  await settled();
  const [question, ...more] = broker.sent.splice(0);
  expect(more).toEqual([]);
  const { transaction } = JSON.parse(Buffer.from(question?.payload ?? []).toString());
  questions.heard('hall-a', Buffer.from(JSON.stringify({ status: 'ok', data: SCREEN, transaction })));
  const data = { device: 'hall-a', heard_at: '2026-11-13T09:00:00.000+07:00', screen: SCREEN };
  expect(await told).toEqual([
    { status: 'ok', data },
    { status: 'ok', data },
  ]);
});

test('nobody is asked in vain, and the reason is told in both languages', async () => {
  const { db, broker, answer } = await openProvince();
  await addHall(db, 'hall-away', '43010101', false);
  await addHall(db, 'hall-lost', '43010101', false);
  await db.devices.seen(new Map([['hall-lost', Date.parse('2026-11-01T08:00:00+07:00')]]));
  await addHall(db, 'hall-mute', '43010101');
  await db.devices.states(new Map([['hall-mute', stateWith({ tower: { works: true } })]]));
  await addHall(db, 'hall-far', '41010101');
  const refused = async (device: string) => {
    const got = await answer('somchai', 'screen', { device });
    return got.status === 'error' ? got.error : undefined;
  };
  expect(await refused('hall-away')).toMatchObject({ code: 'hall-unheard' });
  expect(await refused('hall-lost')).toMatchObject({
    code: 'hall-away',
    en: expect.stringContaining('2026-11-01T08:00'),
    th: expect.stringContaining('2026-11-01T08:00'),
  });
  expect(await refused('hall-mute')).toMatchObject({ code: 'hall-without-sign' });
  expect(await refused('hall-far')).toMatchObject({ code: 'outside-scope' });
  expect(await refused('hall-none')).toMatchObject({ code: 'unknown-device' });
  expect(broker.sent).toEqual([]);
});
