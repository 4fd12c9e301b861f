import { describe, expect, it } from 'vitest';
import { CANCEL, changed, FLOOD } from '../../fixtures/cap/fixtures.ts';
import { AUTOMATIC, deskWorld, TMD } from './desk-world.ts';

const NAME = `${TMD},2.49.0.0.764.0.TH.261126143000.flood,2026-11-26T14:30:00+07:00`;
const UPDATE = FLOOD.replace('143000.flood', '150000.flood')
  .replace('<sent>2026-11-26T14:30', '<sent>2026-11-26T15:00')
  .replace('>Alert<', '>Update<')
  .replace('<info>', `<references>${NAME}</references><info>`);

describe('what ends an alert', () => {
  const CANCELLED = { ...AUTOMATIC };

  it('a Cancel: an all-clear for each order, and nothing sounds', async () => {
    const world = await deskWorld(CANCELLED);
    const flood = await world.one(FLOOD);
    expect(await world.one(CANCEL)).toMatchObject({ verdict: 'record', state: 'recorded' });
    await world.clock.advance(89 * 60_000);
    const cancel = await world.one(CANCEL);
    expect(cancel).toMatchObject({ verdict: 'cancel', state: 'done' });
    expect(world.sent.slice(1)).toMatchObject([{ kind: 'all-clear', clears: flood.orders[0], to: flood.to }]);
    expect(await world.stateOf(flood.id)).toBe('cancelled');
  });

  it('a Cancel that came before', async () => {
    const world = await deskWorld(CANCELLED, { at: '2026-11-26T16:01:00+07:00' });
    await world.one(CANCEL);
    expect(await world.one(FLOOD)).toMatchObject({ state: 'cancelled' });
    expect(world.sent).toEqual([]);
  });

  it('not a Cancel of somebody else, and not one that nobody proved', async () => {
    const world = await deskWorld(
      {
        ...AUTOMATIC,
        senders: [...AUTOMATIC.senders, { sender: 'other', areas: ['th'], from: ['post:other'] }],
      },
      { at: '2026-11-26T16:01:00+07:00' },
    );
    const flood = await world.one(FLOOD);
    const foreign = changed(CANCEL, /<cap:sender>.*<\/cap:sender>/, '<cap:sender>other</cap:sender>');
    expect(await world.one(foreign, 'post:other')).toMatchObject({ state: 'done' });
    const unproven = await world.one(CANCEL, 'post:other');
    expect(unproven).toMatchObject({ state: 'waiting', trust: 'unproven' });
    expect(await world.stateOf(flood.id)).toBe('live');
    await world.desk.approve({ id: unproven.id, by: 'somsri' });
    expect(await world.stateOf(flood.id)).toBe('cancelled');
  });

  it('an Update: the new one first, then the end of the old one', async () => {
    const world = await deskWorld(AUTOMATIC, { at: '2026-11-26T15:01:00+07:00' });
    const flood = await world.one(FLOOD);
    const update = await world.one(UPDATE);
    expect(update.state).toBe('live');
    expect(world.sent.slice(1)).toMatchObject([
      { kind: 'alert', id: update.orders[0] },
      { kind: 'all-clear', clears: flood.orders[0] },
    ]);
    expect(await world.stateOf(flood.id)).toBe('replaced');
  });

  it('an Update that says it is over: calm words, and the end of the alarm', async () => {
    const world = await deskWorld(AUTOMATIC, { at: '2026-11-26T15:01:00+07:00' });
    await world.one(FLOOD);
    await world.one(UPDATE.replaceAll('>Evacuate<', '>AllClear<'));
    expect(world.sent.slice(1)).toMatchObject([
      { kind: 'announce', band: 60, announcement: { tower: { chime: 'attention' } } },
      { kind: 'all-clear' },
    ]);
  });

  it('an Update that was over when it was sent', async () => {
    const world = await deskWorld(AUTOMATIC, { at: '2026-11-26T15:01:00+07:00' });
    const flood = await world.one(FLOOD);
    await world.one(UPDATE.replaceAll('<expires>2026-11-26T20', '<expires>2026-11-26T14'));
    expect(await world.stateOf(flood.id)).toBe('replaced');
  });
});
