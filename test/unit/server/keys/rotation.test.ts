import { beforeEach, describe, expect, it } from 'vitest';
import { KeySet, refuseKeySet, refuseScope } from '../../../../firmware-protocol/content/key-set.ts';
import { filledIn, type Order, Order as OrderSchema } from '../../../../firmware-protocol/content/order.ts';
import { verifies } from '../../../../firmware-protocol/content/signature.ts';
import { KeyOffice } from '../../../../server/keys/key-office.ts';
import { ROTATION, revokeKey, rotateKeys } from '../../../../server/keys/rotation.ts';
import { ProgrammeOffice } from '../../../../server/programme/programme-office.ts';
import { announceTo, type Office, openOffice, silent, stopOf } from '../office.ts';

let office: Office;
let programmes: ProgrammeOffice;
let keys: KeyOffice;

beforeEach(async () => {
  office = await openOffice();
  const { db, signer, broker, clock } = office;
  programmes = new ProgrammeOffice({
    ...{ programmes: db.programmes, signer, broker, clock, log: silent },
    keys: () => keys.current(),
  });
  const changed = () => programmes.keysChanged();
  keys = new KeyOffice({ keys: db.keys, signer, broker, changed, clock, log: silent }, office.keys());
});

/** What a hall that has this set says of an order: the two checks of a key. */
function refused(set: KeySet, order: Order): string | undefined {
  const key = set.keys.find(({ id }) => id === order.signature.key);
  if (key === undefined) return 'unknown-key';
  if (!verifies(order, order.signature, key.public)) return 'bad-signature';
  const band = 'band' in order ? order.band : 0;
  const claimed = { use: order.kind, band, to: order.to, at: order.issued_at };
  return refuseScope(set, key.id, claimed, () => '43010101');
}

const order = async (areas = ['43']) =>
  OrderSchema.parse(await office.signer.sign(filledIn(announceTo(office.clock, areas))));
const alert = async () =>
  OrderSchema.parse(
    await office.signer.sign(
      filledIn({ ...announceTo(office.clock, ['43']), kind: 'alert', band: 90 } as never),
    ),
  );

describe('rotation', () => {
  it('a hall with the old set understands what is signed in the next hour, one with the new set always', async () => {
    const before = office.keys();
    const { set, made, retiring } = await rotateKeys(office, undefined);
    await keys.look();
    expect(made.map((id) => id.replace(/-.*/, ''))).toEqual(['daily', 'alarm']);
    expect(retiring.length).toBe(1);
    expect(refused(before, await order())).toBeUndefined();
    expect(refused(set, await order())).toBeUndefined();
    await office.clock.advance(ROTATION.useAfterMinutes * 60_000);
    const [late, alarm] = [await order(), await alert()];
    expect([late.signature.key, alarm.signature.key]).toEqual(made);
    expect(refused(before, late)).toBe('unknown-key');
    expect([refused(set, late), refused(set, alarm)]).toEqual([undefined, undefined]);
  });

  it('the old voice ends after the overlap, which is longer than a hall may be away', async () => {
    const old = await order();
    const { set } = await rotateKeys(office, undefined);
    const afterDays = (days: number): Order => {
      const at = new Date(office.clock.wall() + days * 86_400_000).toISOString();
      return { ...old, issued_at: at };
    };
    const scopeOf = (each: Order) =>
      refuseScope(
        set,
        each.signature.key,
        { use: 'announce', band: 60, to: each.to, at: each.issued_at },
        () => '43',
      );
    expect(scopeOf(afterDays(31))).toBeUndefined();
    expect(scopeOf(afterDays(ROTATION.overlapDays + 1))).toBe('key-not-valid-then');
  });

  it('halls accept each next set, also one after several that they missed (F32)', async () => {
    const first = office.keys();
    for (let round = 0; round < 3; round++) await rotateKeys(office, undefined);
    const sets = await office.db.keys.all();
    expect(sets.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
    const last = KeySet.parse(sets.at(-1));
    expect(refuseKeySet(last, last, first)).toBeUndefined();
    expect(refuseKeySet(first, first, last)).toBe('older');
    const bent = { ...last, version: 9 };
    expect(refuseKeySet(bent, bent, last)).toBe('too-few-signatures');
  });

  it('makes keys narrower: of a province, and none of every day that may sound an alarm', async () => {
    const { set, made } = await rotateKeys(office, ['43']);
    const [daily, alarm] = made.map((id) => set.keys.find((key) => key.id === id));
    expect(daily).toMatchObject({ areas: ['43'], max_band: 80 });
    expect(daily?.uses).not.toContain('alert');
    expect(alarm?.uses).toEqual(['alert', 'all-clear', 'stop']);
  });

  it('needs the root, which may lie in a safe', async () => {
    office.secrets.kept.delete('root-key');
    await expect(rotateKeys(office, undefined)).rejects.toMatchObject({ code: 'data-invalid' });
    await keys.look();
    await expect(order()).resolves.toBeDefined();
  });

  it('is handed out by the server that runs', async () => {
    office.broker.topics();
    const { set } = await rotateKeys(office, undefined);
    await keys.look();
    expect(JSON.parse(office.broker.sent[0]?.payload.toString() ?? '')).toEqual(
      JSON.parse(JSON.stringify(set)),
    );
    expect(keys.current().version).toBe(2);
    expect(office.broker.topics()).toEqual(['th/area/th/keys']);
    await keys.look();
    expect(office.broker.topics()).toEqual([]);
  });
});

describe('a key that was stolen', () => {
  it('is out at once: halls refuse it, the server speaks with others, programmes are signed anew', async () => {
    await programmes.replace('43', [], 'somchai');
    const stolen = await order();
    const { set, made } = await revokeKey(office, stolen.signature.key);
    await keys.look();
    expect(refused(set, stolen)).toBe('unknown-key');
    const next = await order();
    expect(next.signature.key).toBe(made[0]);
    expect(refused(set, next)).toBeUndefined();
    expect((await programmes.current('43'))?.signature.key).toBe(made[0]);
    const stop = OrderSchema.parse(await office.signer.sign(stopOf(office.clock, ['43'], 'everything')));
    expect(refused(set, stop)).toBeUndefined();
  });

  it('halls get the set before what is signed anew by it, and what other keys signed again', async () => {
    await programmes.replace('43', [], 'somchai');
    const first = office.keys().keys[0]?.id ?? '';
    await rotateKeys(office, undefined);
    await keys.look();
    await office.clock.advance(ROTATION.useAfterMinutes * 60_000);
    await programmes.replace('57', [], 'malee');
    office.broker.topics();
    await revokeKey(office, first);
    await keys.look();
    expect(office.broker.topics()).toEqual([
      'th/area/th/keys',
      '43/area/43/programme',
      '57/area/57/programme',
    ]);
    const [renewed, same] = await Promise.all([programmes.current('43'), programmes.current('57')]);
    expect([renewed?.version, same?.version]).toEqual([2, 1]);
    expect(keys.current().keys.map(({ id }) => id)).toContain(renewed?.signature.key);
  });

  it('is out for a signer that could not be told at once, too', async () => {
    await programmes.replace('43', [], 'somchai');
    const { trust } = office.signer;
    const [stolen] = office.keys().keys;
    office.signer.trust = async () => {
      throw new Error('the signer is being started');
    };
    await revokeKey(office, stolen?.id ?? '');
    await expect(keys.look()).rejects.toThrow('started');
    office.signer.trust = trust.bind(office.signer);
    await keys.look();
    expect((await programmes.current('43'))?.version).toBe(2);
    await keys.look();
    expect((await programmes.current('43'))?.version).toBe(2);
  });

  it('that nobody knows is told', async () => {
    await expect(revokeKey(office, 'nobody')).rejects.toMatchObject({ code: 'unknown-key' });
  });
});
