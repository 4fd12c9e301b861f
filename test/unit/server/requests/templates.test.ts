import { beforeEach, describe, expect, it } from 'vitest';
import { PushRequest } from '../../../../firmware-protocol/mqtt/push-request.ts';
import { EMERGENCY_TEXTS } from '../../../../server/content/emergency-texts.ts';
import { openProvince, type Province } from './province.ts';

let province: Province;
beforeEach(async () => {
  province = await openProvince();
});

const push = { text: 'ประชุมหมู่บ้านเย็นนี้ 18.00 น.', chime: 'ding' };
const meeting = { template: 'meeting', use: 'saved', title: 'ประชุมหมู่บ้าน', push };
const put = (area: string, rest: object = {}, user = 'somchai') =>
  province.answer(user, 'templates', { change: 'put', area, ...meeting, ...rest });
const told = async (request: object, user?: string) =>
  (await province.ask('templates', request, user)).templates;

describe('announcements that lie ready', () => {
  it('hold in their area and below it; the nearest of one name goes first', async () => {
    await put('43');
    await put('43010101', { title: 'ประชุมบ้านเรา' }, 'kamnan');
    const meetings = async (area: string) =>
      (await told({ area, use: 'saved' }, 'kamnan')).map(({ area: of, title }) => [of, title]);
    expect(await meetings('43010101')).toEqual([['43010101', 'ประชุมบ้านเรา']]);
    expect(await meetings('43')).toEqual([['43', 'ประชุมหมู่บ้าน']]);
    const [mine, above] = await told({ use: 'saved' }, 'kamnan');
    expect(mine).toEqual({
      ...{ area: '43010101', ...meeting, title: 'ประชุมบ้านเรา', push: { ...push, kind: 'announce' } },
      ...{ by: 'kamnan', changed_at: '2026-11-13T09:00:00.000+07:00', may_change: true },
    });
    expect(above).toMatchObject({ area: '43', may_change: false });
  });

  it('are changed and taken away by who may speak to all of the area', async () => {
    expect(await put('43', {}, 'kamnan')).toMatchObject({ error: { code: 'outside-scope' } });
    expect(await put('4301', {}, 'malee')).toMatchObject({ error: { code: 'not-allowed' } });
    await put('43');
    await put('43', { title: 'ประชุมใหญ่' });
    expect(await told({ use: 'saved' })).toMatchObject([{ title: 'ประชุมใหญ่' }]);
    const remove = { change: 'remove', area: '43', template: 'meeting' };
    expect(await told(remove)).toEqual([]);
    expect(await told({ use: 'saved' })).toEqual([]);
    expect(await province.answer('somchai', 'templates', remove)).toMatchObject({
      error: { code: 'unknown-template', faults: [{ path: 'template' }] },
    });
  });

  it.each([
    [{ push: { title: 'เปล่า' } }, 'push', 'says-nothing'],
    [{ push: { text: 'x', media: ['a'.repeat(64)] } }, 'push.media[0]', 'unknown-media'],
    [{ push: { text: 'x', to: ['43'] } }, 'push.to', 'unknown-key'],
    [{ use: 'emergency' }, 'push.expires_in_s', 'missing'],
    [{ push: undefined }, 'push', 'missing'],
  ])('that could not be pushed are refused where they are typed: %j', async (rest, path, code) => {
    expect(await put('43', rest)).toMatchObject({ error: { faults: [{ path, code }] } });
  });

  it('are a hundred in an area', async () => {
    for (let at = 0; at < 100; at++) await put('43', { template: `no-${at}` });
    expect(await put('43')).toMatchObject({ error: { code: 'too-many-templates' } });
    expect(await put('43', { template: 'no-99', title: 'อื่น' })).toMatchObject({ status: 'ok' });
  });
});

describe('what prakat brings along for emergencies', () => {
  it('is there at once, for every province, and can be pushed as it is', async () => {
    const ours = await told({ area: '43', use: 'emergency' });
    expect(ours.map(({ template }) => template).sort()).toEqual(EMERGENCY_TEXTS.map(({ id }) => id).sort());
    for (const { push: ready, may_change, changed_at } of ours) {
      expect(PushRequest.parse({ ...ready, to: ['43'] })).toMatchObject({ kind: 'alert', chime: 'alert' });
      expect([may_change, changed_at]).toEqual([false, undefined]);
    }
  });

  it('gives way to what a province wrote under the same name', async () => {
    const own = {
      template: 'flood',
      use: 'emergency',
      title: 'น้ำโขงล้นตลิ่ง',
      push: { ...push, expires_in_s: 3_600 },
    };
    await put('43', own);
    const floods = (await told({ area: '4301' })).filter(({ template }) => template === 'flood');
    expect(floods).toMatchObject([{ area: '43', title: 'น้ำโขงล้นตลิ่ง' }]);
  });
});
