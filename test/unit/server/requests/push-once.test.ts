import { beforeEach, describe, expect, it } from 'vitest';
import { ulidOf } from '../../../../firmware-protocol/content/ulid.ts';
import { NOW, openGate } from './gate.ts';

let gate: ReturnType<typeof openGate>;
beforeEach(() => {
  gate = openGate();
});
const idAt = (ms: number) => ulidOf(ms, new Uint8Array(16).fill(7));
const push = (request: object, user = 'somchai') =>
  gate.ask(user, 'push', { to: ['4301'], text: 'น้ำท่วม', ...request });

describe('a push under an id of its sender', () => {
  it('is made once, however often it is sent, and answered as the first time', async () => {
    const order = idAt(NOW);
    const first = await push({ order });
    expect(first).toMatchObject({ status: 'ok', data: { order, devices: 1 } });
    gate.wait(20_000);
    expect(await push({ order })).toMatchObject({
      data: { order, devices: 1, expires_at: '2026-11-13T18:15:00.000+07:00' },
    });
    expect(gate.sent.map(({ id }) => id)).toEqual([order]);
  });

  it('is answered also after the time at which it was to begin', async () => {
    const request = { order: idAt(NOW), start_at: '2026-11-13T18:05:00.000+07:00' };
    await push(request);
    gate.wait(10 * 60_000);
    expect(await push(request)).toMatchObject({ status: 'ok', data: { order: request.order } });
    expect(gate.sent).toHaveLength(1);
  });

  it.each([
    ['other words', { text: 'ไฟไหม้' }, 'somchai'],
    ['another place', { to: ['4302'] }, 'somchai'],
    ['another person', {}, 'admin'],
  ])('is refused where it belongs to %s, and sends nothing', async (_what, request, user) => {
    const order = idAt(NOW);
    await push({ order });
    expect(await push({ order, ...request }, user)).toMatchObject({
      error: { code: 'order-id-used', faults: [{ path: 'order', th: expect.stringMatching(/[ก-๙]/) }] },
    });
    expect(gate.sent).toHaveLength(1);
  });

  it.each([
    ['an hour ahead', NOW + 3_600_000],
    ['two days old', NOW - 2 * 86_400_000],
  ])('is refused where its clock is %s', async (_what, at) => {
    expect(await push({ order: idAt(at) })).toMatchObject({ error: { code: 'order-id-time' } });
    expect(gate.sent).toEqual([]);
  });
});
