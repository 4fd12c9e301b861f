import { beforeEach, expect, it } from 'vitest';
import { addHall } from '../office.ts';
import { entry, openProvince, type Province, plansOf, stateWith } from './province.ts';

const SPEECH = { sha256: 'a'.repeat(64), ms: 120_000, bytes: 12_345 };
const WEEK = { from: '2026-11-16', until: '2026-11-22' };
const heads = {
  id: 'heads',
  starts: '2026-11-14T18:00:00',
  rule: 'FREQ=DAILY',
  minutes: 10,
  level: 'village',
};
const voice = (id: string, starts: string, times = 1, rest: object = {}) =>
  entry(id, starts, {
    announcement: {
      title: `เสียง ${id}`,
      tower: { chime: 'none', parts: [{ type: 'media', ...SPEECH }], times },
    },
    ...rest,
  });

let province: Province;
beforeEach(async () => {
  province = await openProvince();
  const facts = { ...SPEECH, title: 'เสียงผู้ใหญ่บ้าน', loudness_clufs: -1_600 };
  await province.db.media.put({ ...facts, uploadedBy: 'somchai', uploadedAt: 0 });
  await addHall(province.db, 'hall-1', '43010101');
  await province.db.devices.states(new Map([['hall-1', stateWith({ tower: { works: true } }) as never]]));
  const { draft, publish } = plansOf(province);
  const published = async (area: string, entries: object[], rest: object = {}) => {
    await draft(area, entries, rest);
    expect(await publish(area, { accept: ['conflicts'] })).toMatchObject({ status: 'ok' });
  };
  await published('43', [], { slots: [heads] });
  await published('43010101', [
    voice('one', '16T18:00'),
    voice('two', '16T18:05', 3),
    voice('out', '16T12:00'),
    voice('sign', '17T18:00', 1, { outputs: ['panel'], announcement: entry('x', '17T18:00').announcement }),
    voice('anthem', '17T18:00', 1, { band: 80 }),
  ]);
  await published('43010102', [
    voice('own', '16T18:09'),
    voice('daily', '20T18:01', 1, { rule: 'FREQ=DAILY' }),
  ]);
});

const usedIn = async (request: object, user?: string) =>
  (await province.ask('occurrences', { area: '43', ...WEEK, ...request }, user)).slots.map(
    ({ used }) => used,
  );

it('tells of each time of a slot how many use it, and who uses most; signs and ceremonies use none of it', async () => {
  expect(await usedIn({})).toEqual([
    [
      // Three times two minutes with two pauses of two seconds, and two minutes before.
      { starts: '2026-11-16T18:00:00', areas: 2, most_ms: 120_000 + 364_000 },
      ...[20, 21, 22].map((day) => ({ starts: `2026-11-${day}T18:00:00`, areas: 1, most_ms: 120_000 })),
    ],
  ]);
});

it('of a village is its own use, as it is drafted too, and of nobody else', async () => {
  const own = [{ starts: '2026-11-16T18:00:00', areas: 1, most_ms: 484_000 }];
  expect(await usedIn({ area: '43010101' })).toEqual([own]);
  expect(await usedIn({ area: '43' }, 'kamnan')).toEqual([own]);
  const { draft } = plansOf(province);
  await draft('43010101', [voice('one', '16T18:00')], {}, 'kamnan');
  expect(await usedIn({ area: '43010101', which: 'draft' }, 'kamnan')).toEqual([
    [{ starts: '2026-11-16T18:00:00', areas: 1, most_ms: 120_000 }],
  ]);
});

it('of more days than eight it is not told', async () => {
  expect(await usedIn({ until: '2026-11-30' })).toEqual([undefined]);
});

it('names the hours of a slot to whom an entry lies outside of it', async () => {
  const { check } = await plansOf(province).draft(
    '43010101',
    [voice('one', '16T17:30')],
    { look_only: true },
    'kamnan',
  );
  expect(check.conflicts).toMatchObject([
    { kind: 'outside-slot', th: '"เสียง one" อยู่นอกช่วงเวลาที่จัดไว้ให้ (18.00–18.10 น.)' },
  ]);
});
