import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../server/alerts/signature.ts';
import { ServerError } from '../../../server/errors.ts';
import { CANCEL, changed, FLOOD } from '../../fixtures/cap/fixtures.ts';
import { AUTOMATIC, deskWorld, TMD } from './desk-world.ts';
import { rsaKey, signAlert } from './signed-alert.ts';

const SILENT = changed(FLOOD, /<resource>[\s\S]*<\/resource>/, '');

describe('an alert that may sound by itself', () => {
  it('is an order of the highest band, to whom it is for, with its own sound, until it ends', async () => {
    const world = await deskWorld(AUTOMATIC);
    const record = await world.one(FLOOD);
    expect(record).toMatchObject({
      state: 'live',
      trust: 'trusted',
      signature: 'none',
      to: ['4302', '43010101'],
      matched: { polygon: 1, circle: 1, geocode: 2 },
      title: 'แจ้งเตือนน้ำท่วมฉับพลัน อำเภอท่าบ่อ จังหวัดหนองคาย',
    });
    expect(world.sent).toMatchObject([
      {
        id: record.orders[0],
        kind: 'alert',
        band: 90,
        by: 'prakat',
        to: ['4302', '43010101'],
        expires_at: '2026-11-26T20:30:00.000+07:00',
        announcement: {
          agency: 'กรมอุตุนิยมวิทยา',
          tower: { chime: 'alert', parts: [{ type: 'media' }], times: 2 },
          panel: { pages: [{ text: expect.stringContaining('ศูนย์พักพิงชั่วคราว'), hotline: 'สายด่วน 1182' }] },
        },
      },
    ]);
    expect(world.added).toEqual(['เสียงประกาศ: silenc']);
    expect(world.said).toEqual([]);
  });

  it('is said by a voice of ours where it brings no sound', async () => {
    const world = await deskWorld(AUTOMATIC);
    await world.one(SILENT);
    expect(world.said).toEqual([expect.stringMatching(/^ประกาศเตือนภัยจากกรมอุตุนิยมวิทยา เรื่อง แจ้งเตือนน้ำท่วม/)]);
  });

  it('twice is once, also in another file and after a restart', async () => {
    const world = await deskWorld(AUTOMATIC);
    const first = await world.one(FLOOD);
    expect(await world.one(FLOOD)).toMatchObject({ id: first.id, isDuplicate: true });
    expect(await world.one(`<alerts>${FLOOD.replace(/<\?.*\?>/, '')}</alerts>`, 'file')).toMatchObject({
      id: first.id,
      isDuplicate: true,
    });
    const again = await world.open().receive(Buffer.from(FLOOD), 'post:tmd');
    expect(again).toMatchObject([{ isDuplicate: true }]);
    expect(world.sent).toHaveLength(1);
  });

  it('is over at its time: expired, and a Cancel that comes then changes nothing', async () => {
    const world = await deskWorld(AUTOMATIC);
    world.desk.start();
    const { id } = await world.one(FLOOD);
    await world.clock.advance(6 * 3_600_000);
    await expect.poll(() => world.stateOf(id)).toBe('expired');
    // Whoever looks was told each step of it.
    expect(world.told.map(([, state]) => state)).toEqual(['waiting', 'sending', 'live', 'expired']);
    expect(new Set(world.told.map(([told]) => told))).toEqual(new Set([id]));
    await world.one(changed(CANCEL, '2026-11-26T16:00', '2026-11-26T20:30'));
    expect(await world.stateOf(id)).toBe('expired');
    expect(world.sent).toHaveLength(1);
    await world.desk.stop();
  });

  it('goes on after a power cut with the orders that it had', async () => {
    const world = await deskWorld(AUTOMATIC);
    world.fate.diesAfter = 0;
    await expect(world.receive(FLOOD)).rejects.toThrow('the power went');
    const [cut] = await world.db.alerts.list({ limit: 1 });
    expect(cut).toMatchObject({ state: 'sending', orders: [expect.any(String)] });
    world.fate.diesAfter = Number.POSITIVE_INFINITY;
    const after = world.open();
    after.start();
    await expect.poll(() => world.stateOf(cut?.id ?? '')).toBe('live');
    await after.stop();
    expect(world.sent.map(({ id }) => id)).toEqual(cut?.orders);
  });

  it('waits for a person with the reason where nobody can be told', async () => {
    const world = await deskWorld(AUTOMATIC);
    world.fate.sendFails = new ServerError('nobody-there', { context: { areas: '4302' } });
    expect(await world.one(FLOOD)).toMatchObject({ state: 'waiting', why: 'nobody-there' });
  });
});

describe('an alert that may not', () => {
  const key = rsaKey();
  const MODERN = { hash: 'sha256', exclusive: true, transform: true } as const;
  const SIGNED = signAlert(FLOOD, key, MODERN);
  const pinned = (of = key) => ({
    ...AUTOMATIC,
    senders: [{ sender: TMD, areas: ['43'], keys: [fingerprintOf(of.publicKey)] }],
  });

  it.each<[what: string, text: string, config: object, state: string, trust: string]>([
    ['by default', FLOOD, {}, 'waiting', 'unknown-sender'],
    [
      'signed by somebody whom nobody wrote down',
      SIGNED,
      { rules: AUTOMATIC.rules },
      'waiting',
      'unknown-sender',
    ],
    ['unsigned, of a sender with a key', FLOOD, pinned(), 'waiting', 'unproven'],
    ['signed by another key', SIGNED, pinned(rsaKey()), 'waiting', 'unproven'],
    ['signed, and changed', changed(SIGNED, 'ท่าบ่อ', 'เมือง'), pinned(), 'waiting', 'bad-signature'],
    ['changed, by a trusted way', changed(SIGNED, 'ท่าบ่อ', 'เมือง'), AUTOMATIC, 'waiting', 'bad-signature'],
    [
      'with a signature that cannot be verified',
      changed(SIGNED, '#rsa-sha256', '#rsa-md5'),
      pinned(),
      'waiting',
      'unproven',
    ],
    [
      'by another way',
      FLOOD,
      { ...AUTOMATIC, senders: [{ sender: TMD, areas: ['43'], from: ['file'] }] },
      'waiting',
      'unproven',
    ],
    ['without a rule for it', FLOOD, { ...AUTOMATIC, rules: [] }, 'waiting', 'trusted'],
    [
      'by a rule',
      FLOOD,
      { ...AUTOMATIC, rules: [{ event: ['flash FLOOD'], mode: 'record' }, ...AUTOMATIC.rules] },
      'recorded',
      'trusted',
    ],
    [
      'where the sender may not speak',
      FLOOD,
      { ...AUTOMATIC, senders: [{ sender: TMD, areas: ['41'], from: ['post:tmd'] }] },
      'waiting',
      'trusted',
    ],
    ['a test', changed(FLOOD, '>Actual<', '>Test<'), AUTOMATIC, 'recorded', 'trusted'],
    ['broken', changed(FLOOD, '>Actual<', '>Real<'), AUTOMATIC, 'refused', 'trusted'],
    ['no XML', 'สวัสดี', AUTOMATIC, 'refused', 'unknown-sender'],
  ])('%s', async (_what, text, config, state, trust) => {
    const world = await deskWorld(config);
    expect(await world.one(text)).toMatchObject({ state, trust });
    expect(world.sent).toEqual([]);
  });

  it('is let through by the key that was written down', async () => {
    const world = await deskWorld(pinned());
    expect(await world.one(SIGNED, 'file')).toMatchObject({
      state: 'live',
      trust: 'trusted',
      signature: 'good',
    });
  });

  it('other words under a name that was there never sound by themselves', async () => {
    const world = await deskWorld(AUTOMATIC);
    await world.one(FLOOD);
    const other = await world.one(changed(FLOOD, '>4302<', '>43<'));
    expect(other).toMatchObject({ state: 'waiting', trust: 'same-name-other-words', isDuplicate: false });
    expect(world.sent).toHaveLength(1);
  });
});

describe('a person', () => {
  it('approves, once, and may say where', async () => {
    const world = await deskWorld({});
    const { id } = await world.one(FLOOD);
    expect(await world.desk.approve({ id, by: 'somsri', to: ['43020101'] })).toMatchObject({
      state: 'live',
      stateBy: 'somsri',
      to: ['43020101'],
    });
    expect(world.sent).toMatchObject([{ kind: 'alert', by: 'somsri', to: ['43020101'] }]);
    await expect(world.desk.approve({ id, by: 'somsri' })).rejects.toMatchObject({ code: 'alert-decided' });
    await expect(world.desk.reject({ id, by: 'somsri' })).rejects.toMatchObject({ code: 'alert-decided' });
    await expect(world.desk.approve({ id: 'nobody', by: 'somsri' })).rejects.toMatchObject({
      code: 'alert-unknown',
    });
  });

  it('rejects, and says why', async () => {
    const world = await deskWorld({});
    const { id } = await world.one(FLOOD);
    expect(await world.desk.reject({ id, by: 'somsri', why: 'ซ้ำกับประกาศของจังหวัด' })).toMatchObject({
      state: 'rejected',
      why: 'ซ้ำกับประกาศของจังหวัด',
    });
    expect(world.sent).toEqual([]);
  });

  it('cannot let sound what is over', async () => {
    const world = await deskWorld({});
    const { id } = await world.one(FLOOD);
    await world.clock.advance(6 * 3_600_000);
    await expect(world.desk.approve({ id, by: 'somsri' })).rejects.toMatchObject({ code: 'alert-decided' });
  });

  it('must say where, of an alert that reaches no village', async () => {
    const world = await deskWorld({});
    const { id } = await world.one(changed(FLOOD, /<area>[\s\S]*?<\/area>/g, ''));
    await expect(world.desk.approve({ id, by: 'somsri' })).rejects.toMatchObject({ code: 'alert-nowhere' });
    expect(await world.desk.approve({ id, by: 'somsri', to: ['4302'] })).toMatchObject({ state: 'live' });
  });
});

it('many villages are several orders, each to as many as one may name', async () => {
  const world = await deskWorld({});
  const { id } = await world.one(FLOOD);
  const to = Array.from({ length: 600 }, (_, each) => `4302${String(1_000 + each)}`);
  await world.desk.approve({ id, by: 'somsri', to });
  expect(world.sent.map((order) => order.to.length)).toEqual([256, 256, 88]);
});

it('everything that came is kept, with what it said, and told to the audit', async () => {
  const world = await deskWorld(AUTOMATIC);
  const { id } = await world.one(FLOOD);
  expect((await world.db.alerts.get(id))?.document).toContain('แจ้งเตือนน้ำท่วมฉับพลัน');
  expect(world.facts).toMatchObject([
    { act: 'alert/received', from: 'post:tmd', document: { verdict: 'actuate' } },
  ]);
});

describe('an alert whose sender is not known for sure', () => {
  const waiting = async () => {
    const world = await deskWorld(AUTOMATIC);
    const { id } = await world.one(SILENT, 'feed:https://elsewhere.example');
    const yes = (by: string, to?: string[]) => world.desk.approve({ id, by, takesTwo: true, to });
    return { world, id, yes };
  };

  it('takes two people, who are not one, and the same places', async () => {
    const { world, id, yes } = await waiting();
    expect(await yes('somsri', ['43020101'])).toMatchObject({ state: 'waiting', orders: [] });
    await expect(yes('somsri', ['43020101'])).rejects.toMatchObject({ code: 'own-request' });
    await expect(yes('malee')).rejects.toMatchObject({ code: 'content-differs' });
    expect(world.sent).toEqual([]);
    expect((await world.db.alerts.get(id))?.firstYes).toMatchObject({ by: 'somsri', to: ['43020101'] });
    expect(await yes('malee', ['43020101'])).toMatchObject({ state: 'live', stateBy: 'malee' });
    expect(world.sent).toMatchObject([{ kind: 'alert', to: ['43020101'] }]);
  });

  it('is refused by one', async () => {
    const { world, id, yes } = await waiting();
    await yes('somsri');
    expect(await world.desk.reject({ id, by: 'malee', why: 'ไม่มีจริง' })).toMatchObject({ state: 'rejected' });
    await expect(yes('kaew')).rejects.toMatchObject({ code: 'alert-decided' });
    expect(world.sent).toEqual([]);
  });
});
