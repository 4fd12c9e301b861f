import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../../../firmware-protocol/content/instant.ts';
import { NO_LAWS } from '../../../../firmware-protocol/content/site-laws.ts';
import type { FleetRow } from '../../../../server/ports.ts';
import { NOW, openGate, SPEECH } from './gate.ts';

let gate: ReturnType<typeof openGate>;
beforeEach(() => {
  gate = openGate();
});

const dataOf = async (answer: Promise<unknown>) => (await answer) as { data: Record<string, unknown> };
const state = (more: object) => ({
  ...{
    boot: 1,
    version: '1',
    village: '43010101',
    trust: 'full',
    boot_nonce: 'n',
    keys: 1,
    programmes: [],
    warnings: [],
  },
  outputs: { tower: { works: true } },
  ...more,
});
const hall = (at: number, more: Partial<FleetRow> = {}): FleetRow => ({
  ...{ device: `hall-${at}`, village: `4301010${at}`, name: `หมู่ ${at}`, reports_stored: 0 },
  presence: { state: 'online', boot: 1 },
  ...more,
});

describe('plan: what a push would meet', () => {
  const ask = (request: object) => dataOf(gate.ask('somchai', 'plan', request));

  it('counts halls, airtime and what they lack, and sends nothing', async () => {
    gate.halls.splice(
      0,
      9,
      hall(1, { state: state({}) as never }),
      hall(2, { presence: { state: 'offline', boot: 1 }, state: state({ outputs: {} }) as never }),
      hall(3, { presence: undefined as never }),
    );
    const { data } = await ask({
      to: ['4301'],
      text: 'น้ำท่วม',
      media: [SPEECH.sha256],
      times: 2,
      chime: 'none',
    });
    expect(data).toEqual({
      ...{ halls: 3, online: 1, away: 2, quiet: 0, needs: [], meets: [] },
      airtime_ms: { tower: 2 * SPEECH.ms + 2_000, panel: 10_000 },
      without: { tower: 1, panel: 2 },
    });
    expect(gate.sent).toEqual([]);
  });

  it('knows the quiet hours of each hall, and that an alert is not bound by them', async () => {
    const quiet = [{ from: '17:00', until: '19:00' }];
    gate.halls.splice(
      0,
      9,
      hall(1, { state: state({ laws: { ...NO_LAWS, quiet } }) as never }),
      hall(2, { state: state({ laws: NO_LAWS }) as never }),
    );
    const push = { to: ['4301'], media: [SPEECH.sha256] };
    expect((await ask(push)).data).toMatchObject({ halls: 2, quiet: 1 });
    const later = instantOf(NOW + 2 * 3_600_000);
    expect((await ask({ ...push, start_at: later })).data).toMatchObject({ quiet: 0 });
    expect((await ask({ ...push, kind: 'alert' })).data).toMatchObject({ quiet: 0 });
    expect((await ask({ ...push, outputs: ['panel'], text: 'ก' })).data).toMatchObject({ quiet: 0 });
  });

  it('tells what of the programmes gives way, and what does not', async () => {
    const entry = (id: string, band: number, title: string) => ({
      ...{ id, starts: '2026-11-13T18:00:00', band, grace_s: 60 },
      announcement: {
        title,
        tower: { parts: [{ type: 'media', sha256: SPEECH.sha256, bytes: 1, ms: 60_000 }] },
      },
    });
    gate.issueAt(NOW - 86_400_000);
    const entries = [entry('song', 40, 'เสียงตามสาย'), entry('anthem', 80, 'เพลงชาติ')];
    expect(await gate.ask('somchai', 'programme', { area: '4301', entries })).toMatchObject({ status: 'ok' });
    const { data } = await ask({ to: ['43010101'], media: [SPEECH.sha256] });
    expect(data.meets).toEqual([
      expect.objectContaining({ title: 'เพลงชาติ', what: 'goes-first', area: '4301' }),
      expect.objectContaining({ title: 'เสียงตามสาย', what: 'cut', starts: instantOf(NOW) }),
    ]);
    expect((await ask({ to: ['4302'], media: [SPEECH.sha256] })).data).toMatchObject({ halls: 0, meets: [] });
  });

  it.each([
    ['an area of somebody else', { to: ['41'], text: 'ก' }, 'outside-scope'],
    ['sound that nobody uploaded', { to: ['43'], media: ['f'.repeat(64)] }, 'unknown-media'],
  ])('refuses as the push would: %s', async (_what, request, code) => {
    expect(await gate.ask('somchai', 'plan', request)).toMatchObject({ error: { code } });
  });
});

describe('retry: the silent alone', () => {
  const push = async (seconds: number) => {
    const request = { to: ['4301'], text: 'น้ำท่วม', expires_in_s: seconds };
    return (await dataOf(gate.ask('somchai', 'push', request))).data.order as string;
  };

  it('of an order that lives, the next sends come now', async () => {
    const order = await push(60);
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({ data: { hurried: 1, orders: [] } });
    expect(gate.sent).toHaveLength(1);
  });

  it('of one that has expired, a new order goes to those that did not hear it', async () => {
    const order = await push(60);
    gate.wait(61_000);
    gate.unheard({ silent: ['hall-1', 'hall-2'], expired: ['hall-3'] });
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({
      data: { hurried: 0, orders: [{ devices: 1 }] },
    });
    const [before, again] = gate.sent;
    expect(again).toMatchObject({
      to: ['device/hall-1', 'device/hall-2', 'device/hall-3'],
      announcement: before !== undefined && 'announcement' in before ? before.announcement : undefined,
      expires_at: instantOf(NOW + 61_000 + 900_000),
    });
    expect(again?.id).not.toBe(order);
  });

  it('of one that everybody heard, nothing is sent', async () => {
    const order = await push(60);
    gate.wait(61_000);
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({ data: { hurried: 0, orders: [] } });
    expect(gate.sent).toHaveLength(1);
  });

  it('of thousands of halls is a push to the area', async () => {
    const order = await push(60);
    gate.wait(61_000);
    gate.unheard({ silent: Array.from({ length: 2_001 }, (_, at) => `hall-${at}`) });
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({
      error: { code: 'too-many-silent' },
    });
    expect(gate.sent).toHaveLength(1);
  });

  it('of an order that is none', async () => {
    const order = '01J0000000000000000000ZZZZ';
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({ error: { code: 'unknown-order' } });
  });
});
