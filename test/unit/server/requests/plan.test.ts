import { beforeEach, expect, it } from 'vitest';
import { instantOf } from '../../../../firmware-protocol/content/instant.ts';
import { NO_LAWS } from '../../../../firmware-protocol/content/site-laws.ts';
import { addHall } from '../office.ts';
import { entry, openProvince, type Province, plansOf, sign, stateWith } from './province.ts';

const SPEECH = { sha256: 'a'.repeat(64), ms: 4_200, bytes: 12_345 };
const both = { tower: { works: true }, panel: { works: true } };
let province: Province;
beforeEach(async () => {
  // Friday, 13 November 2026, 09:00.
  province = await openProvince();
  const facts = { ...SPEECH, title: 'เสียงประกาศ น้ำท่วม', loudness_clufs: -1_600 };
  await province.db.media.put({ ...facts, uploadedBy: 'somchai', uploadedAt: 0 });
});

const ask = (request: object) => province.ask('plan', request);

async function hall(
  at: number,
  { online = true, ...told }: { online?: boolean; outputs?: object; laws?: object } = {},
) {
  const id = `hall-${at}`;
  await addHall(province.db, id, `4301010${at}`, online);
  if (told.outputs ?? told.laws)
    await province.db.devices.states(new Map([[id, stateWith(told.outputs ?? both, told) as never]]));
  await province.heard(id);
}

it('counts halls, airtime and what they lack, and sends nothing', async () => {
  await hall(1, { outputs: { tower: { works: true } } });
  await hall(2, { online: false, outputs: { tower: { works: false } } });
  await hall(3, { online: false });
  const push = {
    to: ['4301', 'device/hall-1'],
    text: 'น้ำท่วม',
    media: [SPEECH.sha256],
    times: 2,
    chime: 'none',
  };
  expect(await ask(push)).toEqual({
    ...{ halls: 3, online: 1, away: 2, quiet: 0, needs: [], meets: [], programmes_left_out: 0 },
    airtime_ms: { tower: 2 * SPEECH.ms + 2_000, panel: 10_000 },
    without: { tower: 1, panel: 2 },
  });
  expect(await ask({ ...push, to: ['device/hall-2', '43010103'] })).toMatchObject({ halls: 2, online: 0 });
  expect(province.broker.sent).toEqual([]);
});

it('knows the quiet hours of each hall, and that an alert is not bound by them', async () => {
  const quiet = [{ from: '08:00', until: '10:00' }];
  await hall(1, { laws: { ...NO_LAWS, quiet } });
  await hall(2, { laws: NO_LAWS });
  const push = { to: ['4301'], media: [SPEECH.sha256] };
  expect(await ask(push)).toMatchObject({ halls: 2, quiet: 1 });
  const later = instantOf(province.clock.wall() + 2 * 3_600_000);
  expect(await ask({ ...push, start_at: later })).toMatchObject({ quiet: 0 });
  expect(await ask({ ...push, kind: 'alert' })).toMatchObject({ quiet: 0 });
  expect(await ask({ ...push, outputs: ['panel'], text: 'ก' })).toMatchObject({ quiet: 0 });
});

it('tells what of the programmes above and inside gives way, what does not, and nothing of others', async () => {
  await hall(1);
  const { draft, publish } = plansOf(province);
  const tower = { parts: [{ type: 'media', ...SPEECH }], times: 10 };
  for (const [area, entries] of [
    [
      '43',
      [entry('long', '13T08:58', { announcement: sign('ข่าวยาวจังหวัด', 300) }), entry('over', '13T08:50')],
    ],
    [
      '43010101',
      [
        entry('song', '13T09:00', { announcement: { title: 'เสียงตามสาย', tower } }),
        entry('anthem', '13T09:00', { band: 80, announcement: { title: 'เพลงชาติ', tower } }),
        entry('signs', '13T08:59', { outputs: ['panel'], announcement: { ...sign('ป้ายสั้น', 10), tower } }),
      ],
    ],
    ['43010102', [entry('nobody', '13T09:00', { announcement: sign('ไม่มีหอ', 300) })]],
    ['4302', [entry('other', '13T09:00', { announcement: sign('อำเภออื่น', 300) })]],
  ] as const) {
    await draft(area, [...entries]);
    await publish(area, { accept: ['conflicts', 'frozen'] });
  }
  province.clock.advance(1_000);
  const { meets } = await ask({ to: ['43010101'], media: [SPEECH.sha256] });
  expect(meets.map(({ area, title, what }) => [area, title, what])).toEqual([
    ['43', 'ข่าวยาวจังหวัด', 'cut'],
    ['43010101', 'เสียงตามสาย', 'cut'],
    ['43010101', 'เพลงชาติ', 'goes-first'],
  ]);
  expect(meets[0]).toMatchObject({
    starts: '2026-11-13T08:58:00.000+07:00',
    ends: '2026-11-13T09:03:00.000+07:00',
  });
  expect((await ask({ to: ['4301'], media: [SPEECH.sha256] })).meets).toEqual(meets);
  expect((await ask({ to: ['device/hall-1'], media: [SPEECH.sha256] })).meets).toEqual(meets);
  expect(await ask({ to: ['4302'], media: [SPEECH.sha256] })).toMatchObject({ halls: 0, meets: [] });
});

it.each([
  ['an area of somebody else', { to: ['41'], text: 'ก' }, 'outside-scope'],
  ['sound that nobody uploaded', { to: ['43'], media: ['f'.repeat(64)] }, 'unknown-media'],
])('refuses as the push would: %s', async (_what, request, code) => {
  expect(await province.answer('somchai', 'plan', request)).toMatchObject({ error: { code } });
});
