import { describe, expect, test } from 'vitest';
import type { ScopedKey } from '../../firmware-protocol/content/key-set.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { ANTHEM, MORNING_NEWS, STOLEN_NOTE } from '../../scripts/virtual-world/sayings.ts';
import { freshKey, type SimServer } from '../../scripts/virtual-world/sim-server.ts';
import { HOUR, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** A programme of the highest number there is, by whom it was stolen; and how a hall comes back from it (TUF 1.0, 5.3.11). */
const HIGHEST = Number.MAX_SAFE_INTEGER;

const versions = (world: World) => world.state().programmes.map(({ version }) => version);
const stolenPlays = (world: World) =>
  world.hall.witness.heard.filter(({ play, isBeginning }) => isBeginning && play.includes('stolen')).length;
const withdrawals = (world: World) =>
  world.server
    .events('hall-1')
    .flatMap((event) => (event.type === 'refused' && event.detail?.startsWith('held ') ? [event] : []));

/** The hall plays what a thief signed, and takes nothing else. */
async function robbed(): Promise<World> {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [ANTHEM]);
  await world.pass(SECOND);
  world.server.forge(VILLAGE, [STOLEN_NOTE]);
  await world.pass(SECOND);
  world.server.programme(VILLAGE, [ANTHEM, MORNING_NEWS]);
  await world.passUntil('2026-11-16T06:31:00+07:00');
  expect(versions(world)).toEqual([HIGHEST]);
  expect(stolenPlays(world)).toBe(2);
  expect(world.refusals()).toEqual({ older: 1 });
  return world;
}

describe('a stolen key signed the highest version there is', () => {
  test('when it is taken out, nothing of that is played any more, it is told once, and the next programme counts', async () => {
    const world = await robbed();
    world.server.replaceKey();
    await world.pass(2 * SECOND);
    expect(versions(world)).toEqual([3]);
    expect(withdrawals(world)).toEqual([
      {
        ...{ type: 'refused', what: `programme/${VILLAGE}`, reason: 'unknown-key', count: 1 },
        detail: `held version ${HIGHEST}, signed by server-1`,
      },
    ]);
    await world.passUntil('2026-11-16T08:05:00+07:00');
    expect(stolenPlays(world)).toBe(2);
    expect(world.begun(`${VILLAGE}/anthem-morning/20261116T080000`)).toBe(2);
    await world.calmAndAudit();
  });

  test('a hall that was away meanwhile gets set and programme when it comes back, and is a second without one', async () => {
    const world = await robbed();
    world.broker.cutNetwork();
    world.server.replaceKey();
    await world.pass(HOUR);
    expect(stolenPlays(world)).toBe(4);
    let empty_s = 0;
    world.broker.restoreNetwork();
    for (let second = 0; second < 10 * 60 && versions(world)[0] !== 3; second++) {
      if (world.hall.local?.programmes().length === 0) empty_s += 1;
      await world.pass(SECOND);
    }
    expect(versions(world)).toEqual([3]);
    expect(empty_s).toBeLessThanOrEqual(1);
    await world.passUntil('2026-11-16T08:05:00+07:00');
    expect(world.begun(`${VILLAGE}/anthem-morning/20261116T080000`)).toBe(2);
    await world.calmAndAudit();
  });

  test('what waits behind something else is withdrawn', async () => {
    const world = await robbed();
    await world.passUntil('2026-11-16T07:29:55+07:00');
    world.server.push({ kind: 'announce', band: 60, announcement: ANTHEM.announcement }, VILLAGE);
    await world.pass(10 * SECOND);
    world.server.replaceKey();
    await world.calmAndAudit();
    expect(world.begun(`${VILLAGE}/stolen-note/20261116T073000`)).toBe(0);
    expect(world.ends(`${VILLAGE}/stolen-note/20261116T073000`).map((end) => end.split(' ')[1])).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  test('the power goes at any commit of it: the same comes out', async () => {
    for (const cut of ['before it is durable', 'after it is durable'] as const)
      for (let commit = 1; commit <= 4; commit++) {
        const world = await robbed();
        world.hall.cutAt = { commit: world.hall.disk.commits + commit, cut };
        world.server.replaceKey();
        await world.pass(MINUTE);
        world.hall.cutAt = undefined;
        if (!world.hall.isOn) await world.up();
        await world.passUntil('2026-11-16T07:35:00+07:00');
        expect(stolenPlays(world), `${cut} ${commit}`).toBe(2);
        expect(versions(world), `${cut} ${commit}`).toEqual([3]);
        await world.calmAndAudit();
        expect(withdrawals(world), `${cut} ${commit}`).toHaveLength(1);
      }
  });

  test('a set that was durable, and no line after the power cut: judged when it starts', async () => {
    const world = await robbed();
    world.hall.cutAt = { commit: world.hall.disk.commits + 1, cut: 'after it is durable' };
    world.server.replaceKey();
    await world.pass(SECOND);
    expect(world.hall.isOn).toBe(false);
    expect(world.hall.disk.programmes.size).toBe(1);
    world.hall.cutAt = undefined;
    world.broker.cutNetwork();
    world.hall.powerOn();
    await world.pass(SECOND);
    expect(world.hall.local?.programmes()).toEqual([]);
    expect(world.hall.disk.programmes.size).toBe(0);
  });

  test('a disk that takes the set and then nothing: not played, and the next programme is taken when it can be', async () => {
    const world = await robbed();
    const { disk } = world.hall;
    const apply = disk.apply.bind(disk);
    disk.apply = (change) => {
      apply(change);
      if (change.keys !== undefined) disk.refuses = 'store-full';
    };
    world.server.replaceKey();
    await world.passUntil('2026-11-16T07:35:00+07:00');
    expect(stolenPlays(world)).toBe(2);
    expect(disk.programmes.get(VILLAGE)?.programme.version).toBe(HIGHEST);
    disk.apply = apply;
    disk.refuses = undefined;
    world.server.programme(VILLAGE, [ANTHEM]);
    await world.passUntil('2026-11-16T08:05:00+07:00');
    expect(world.begun(`${VILLAGE}/anthem-morning/20261116T080000`)).toBe(2);
    await world.calmAndAudit();
    expect(versions(world)).toEqual([4]);
    expect(withdrawals(world)).toHaveLength(1);
  });
});

test('a disk that takes nothing when the set comes: all is asked for again, and comes by itself', async () => {
  const world = await robbed();
  world.hall.disk.refuses = 'store-full';
  world.server.replaceKey();
  await world.pass(MINUTE);
  expect(world.state()).toMatchObject({ keys: 1, programmes: [{ version: HIGHEST }] });
  world.hall.disk.refuses = undefined;
  await world.pass(10 * MINUTE);
  expect(world.state()).toMatchObject({ keys: 2, programmes: [{ version: 3 }] });
  await world.calmAndAudit();
});

test('a line that shows the programme before its keys: it is asked for again when they are there', async () => {
  const world = await robbed();
  world.broker.cutNetwork();
  world.server.replaceKey();
  const keys = world.broker.retained(topicOf('keys', {}));
  world.broker.kill();
  for (const programme of world.server.programmes.values()) world.server.show(programme);
  world.broker.restoreNetwork();
  await world.pass(10 * MINUTE);
  expect(world.state()).toMatchObject({ keys: 1, programmes: [{ version: HIGHEST }] });
  if (keys !== undefined) world.broker.publish(keys);
  await world.pass(5 * SECOND);
  expect(world.state()).toMatchObject({ keys: 2, programmes: [{ version: 3 }] });
  await world.calmAndAudit();
});

test('what a slow disk was still writing when its key was taken out is held no more either', async () => {
  const world = new World();
  await world.up();
  world.hall.disk.slow_ms = 5 * SECOND;
  world.server.programme(VILLAGE, [ANTHEM]);
  world.server.forge(VILLAGE, [STOLEN_NOTE]);
  world.server.replaceKey();
  await world.pass(9 * SECOND);
  expect(world.hall.local?.programmes()).toMatchObject([]);
  await world.pass(MINUTE);
  expect(withdrawals(world).map(({ detail }) => detail)).toEqual([
    'held version 1, signed by server-1',
    `held version ${HIGHEST}, signed by server-1`,
  ]);
  expect(versions(world)).toEqual([2]);
  world.hall.disk.slow_ms = 0;
  await world.passUntil('2026-11-16T08:05:00+07:00');
  expect(stolenPlays(world)).toBe(0);
  await world.calmAndAudit();
});

describe('a store of before, which knew a number and no key', () => {
  function madeOlder({ hall: { disk } }: World): void {
    for (const name of [...disk.facts.keys()])
      if (name.startsWith('programme-floor/')) disk.facts.delete(name);
    const held = disk.programmes.get(VILLAGE)?.programme.version;
    disk.facts.set(`programme-floor/${VILLAGE}`, String(held));
  }

  test('of a hall that was robbed: it comes back all the same', async () => {
    const world = await robbed();
    world.hall.powerOff();
    madeOlder(world);
    await world.up();
    expect(versions(world)).toEqual([HIGHEST]);
    world.server.replaceKey();
    await world.pass(2 * SECOND);
    expect(versions(world)).toEqual([3]);
    await world.calmAndAudit();
  });

  test('of any other: what it holds says whose number it is, and nothing older is taken', async () => {
    const world = new World();
    await world.up();
    const first = world.server.programme(VILLAGE, [MORNING_NEWS]);
    world.server.programme(VILLAGE, [ANTHEM]);
    await world.pass(SECOND);
    world.hall.powerOff();
    madeOlder(world);
    await world.up();
    world.server.show(first);
    await world.pass(SECOND);
    expect(versions(world)).toEqual([2]);
    expect(world.refusals()).toEqual({ older: 1 });
  });
});

describe('what the other keys signed', () => {
  const planner = freshKey('planner-1');
  const both = (server: SimServer, scope: Partial<ScopedKey> = {}) => [
    server.scoped(server.key),
    server.scoped(planner, scope),
  ];

  test('does not go back to an older one, before and after', async () => {
    const world = new World();
    await world.up();
    const { server } = world;
    server.trustKeys(both(server));
    const first = server.programme(VILLAGE, [MORNING_NEWS], planner);
    await world.pass(SECOND);
    server.programme(VILLAGE, [ANTHEM], planner);
    await world.pass(SECOND);
    server.forge(VILLAGE, [STOLEN_NOTE]);
    await world.pass(SECOND);
    server.replaceKey();
    await world.pass(SECOND);
    expect(versions(world)).toEqual([2]);
    server.show(first);
    await world.pass(SECOND);
    expect(versions(world)).toEqual([2]);
    expect(world.refusals()).toEqual({ 'unknown-key': 1, older: 1 });
    server.programme(VILLAGE, [ANTHEM], planner);
    await world.pass(SECOND);
    expect(versions(world)).toEqual([3]);
    await world.calmAndAudit();
  });

  const LESS: Record<string, [Partial<ScopedKey>, string]> = {
    'another area': [{ areas: ['41'] }, 'outside-area'],
    'no programmes': [{ uses: ['announce'] }, 'wrong-use'],
    'a lower band': [{ max_band: 40 }, 'band-too-high'],
    'an end before it was signed': [{ not_after: '2026-11-16T05:00:00+07:00' }, 'key-not-valid-then'],
    'another key of that name': [{ public: 'A'.repeat(43) }, 'unknown-key'],
  };
  test.each(Object.entries(LESS))('is held no more when its key gets %s', async (_name, [scope, reason]) => {
    const world = new World();
    await world.up();
    const { server } = world;
    server.trustKeys(both(server));
    server.programme(VILLAGE, [ANTHEM], planner);
    await world.pass(SECOND);
    expect(versions(world)).toEqual([1]);
    server.trustKeys(both(server, scope));
    await world.pass(SECOND);
    expect(versions(world)).toEqual([]);
    expect(withdrawals(world)).toMatchObject([{ reason }]);
    server.programme(VILLAGE, [ANTHEM]);
    await world.calmAndAudit();
    expect(versions(world)).toEqual([2]);
  });

  test('is held on when a rotation ends its key in 35 days', async () => {
    const world = new World();
    await world.up();
    const { server } = world;
    server.trustKeys(both(server));
    server.programme(VILLAGE, [ANTHEM], planner);
    await world.pass(SECOND);
    server.trustKeys(both(server, { not_after: '2026-12-21T06:00:00+07:00' }));
    await world.pass(SECOND);
    world.hall.powerOff();
    await world.up();
    expect(versions(world)).toEqual([1]);
    expect(withdrawals(world)).toEqual([]);
  });
});
