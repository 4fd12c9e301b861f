import { beforeEach, describe, expect, test } from 'vitest';
import { UPDATE_TIMES } from '../../../device/update/update-times.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { publicKeyOf } from '../../../firmware-protocol/content/signature.ts';
import { key, NOW, release } from './releases.ts';
import { Box, KEYS, Run } from './update-stage.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let box: Box;
beforeEach(() => {
  box = new Box();
});

async function start(version: string, launched: ConstructorParameters<typeof Run>[2]): Promise<Run> {
  const run = new Run(box, version, launched);
  await run.updater.start();
  return run;
}
const onBase = () => start('0.1.0', { slot: 'base', trial: false });
const onTrial = () => start('0.2.0', { slot: 'a', trial: true });

/** The old version has fetched the new one and asked to be restarted. */
async function untilTried(): Promise<void> {
  const run = await onBase();
  await run.take(release());
  await run.live(5 * MINUTE);
  expect(run.restarts).toBe(1);
  expect(box.trial).toBe('a');
  run.updater.stop();
}

test('fetched, tried out at a quiet moment, proved and kept; each is a report', async () => {
  await untilTried();
  const run = await onTrial();
  run.updater.connected();
  await run.live(2 * MINUTE);
  expect(box.updates()).toEqual(['staged 0.2.0', 'activated 0.2.0', 'confirmed 0.2.0']);
  expect(box.state).toMatchObject({ current: 'a', floor: '0.2.0' });
  await run.live(DAY);
  expect(run.restarts).toBe(0);
  expect(run.step()).toMatchObject({ do: 'nothing', why: 'newest' });
});

describe('on air nothing is replaced (F44)', () => {
  test.each(['on-air', 'waiting', 'soon-due'] as const)('%s', async (busy) => {
    box.busy = busy;
    const run = await onBase();
    await run.take(release());
    await run.live(6 * 60 * MINUTE);
    expect(run.restarts).toBe(0);
    expect(box.trial).toBeUndefined();
    box.busy = undefined;
    await run.live(3 * MINUTE);
    expect(run.restarts).toBe(1);
  });

  test('what begins between the choice and the restart is heard to its end', async () => {
    const run = await onBase();
    box.whenTried = () => {
      box.busy = 'on-air';
    };
    await run.take(release());
    await run.live(60 * MINUTE);
    expect([box.trial, run.restarts]).toEqual(['a', 0]);
    expect(run.step()).toEqual({ do: 'restart', version: '0.2.0', waits: 'on-air' });
    box.busy = undefined;
    await run.live(MINUTE);
    expect(run.restarts).toBe(1);
  });
});

describe('a version that does not do is returned from', () => {
  const returned = async (reason: string) => {
    const run = await onTrial();
    if (reason !== 'no-link') run.updater.connected();
    await run.live(UPDATE_TIMES.trial_ms + MINUTE);
    expect(box.updates().at(-1)).toBe(`returned 0.2.0 ${reason}`);
    expect(box.trial).toBeUndefined();
    expect(run.restarts).toBe(1);
    expect(box.state).toMatchObject({ current: 'base', floor: undefined });
    expect([...box.warnings]).toEqual(['update-failed']);
  };

  test('it does not reach the server, which the one before did', async () => {
    await untilTried();
    await returned('no-link');
  });

  test('the tower does not work, which it did before', async () => {
    await untilTried();
    box.outputs = ['panel'];
    await returned('output-failed');
  });

  test('a sign that was out of order before is not asked for', async () => {
    box.outputs = ['tower'];
    await untilTried();
    const run = await onTrial();
    run.updater.connected();
    await run.live(2 * MINUTE);
    expect(box.updates().at(-1)).toBe('confirmed 0.2.0');
  });

  test('it cannot write', async () => {
    await untilTried();
    box.storeWorks = false;
    await returned('store-failed');
  });

  test('the launcher ended it: the version before tells why, once', async () => {
    await untilTried();
    box.state.returned = { version: '0.2.0', reason: 'starts-used-up' };
    await onBase();
    await onBase();
    expect(box.updates().filter((each) => each.startsWith('returned'))).toEqual([
      'returned 0.2.0 starts-used-up',
    ]);
  });
});

test('it is tried again after one day and two, without fetching it again, then never (FIELD: endless re-download)', async () => {
  await untilTried();
  const begun = box.clock.monotonic();
  const triedAfterDays: number[] = [];
  for (let day = 0; day < 6; day++) {
    const run = await onBase();
    await run.live(DAY);
    if (run.restarts > 0) triedAfterDays.push(Math.floor((box.clock.monotonic() - begun) / DAY));
    run.updater.stop();
  }
  expect(triedAfterDays).toHaveLength(2);
  expect(box.fetched).toHaveLength(2);
  const last = await onBase();
  await last.live(3 * MINUTE);
  expect(last.step()).toMatchObject({ do: 'nothing', why: 'gave-up', version: '0.2.0' });
});

test('a newer version has its own tries', async () => {
  await untilTried();
  const run = await onBase();
  box.manifest = box.manifest.replace('0.2.0', '0.3.0');
  const builds = { amd64: { manifest: 'ef'.repeat(32), bytes: 200 } };
  await run.take(release({ version: '0.3.0', issued_at: instantOf(NOW), builds }));
  await run.live(5 * MINUTE);
  expect(box.updates()).toContain('activated 0.3.0');
});

test('no server: nothing changes, however long, and it goes on when it is back (F42)', async () => {
  box.serverThere = false;
  const run = await onBase();
  await run.take(release());
  await run.live(DAY);
  expect(box.updates()).toEqual([]);
  box.serverThere = true;
  await run.live(62 * MINUTE);
  expect(box.updates()).toEqual(['staged 0.2.0', 'activated 0.2.0']);
});

test('a build of another version or machine under the signed name is given up, and told', async () => {
  box.manifest = box.manifest.replace('amd64', 'arm64');
  const run = await onBase();
  await run.take(release());
  await run.live(10 * MINUTE);
  expect(box.updates()).toEqual(['given-up 0.2.0 update-corrupt']);
  expect(box.trial).toBeUndefined();
});

test('a release that was withdrawn is not begun', async () => {
  box.busy = 'on-air';
  const run = await onBase();
  await run.take(release());
  await run.take(release({ share: 0, issued_at: instantOf(NOW) }));
  box.busy = undefined;
  await run.live(10 * MINUTE);
  expect(box.updates()).toEqual([]);
});

test('wrong key, older, and the same words again (F43)', async () => {
  const run = await onBase();
  await run.take(release({}, key('stranger')));
  await run.take(release({ version: '0.0.9' }));
  expect(box.refused.map(({ refused }) => refused)).toEqual(['unknown-key', 'older']);
  const good = release();
  await run.take(good);
  await run.take(good);
  await run.take(release({ issued_at: instantOf(NOW - 2 * 60 * MINUTE) }));
  expect(box.refused.map(({ refused }) => refused)).toEqual(['unknown-key', 'older', 'older']);
  await run.live(5 * MINUTE);
  expect(box.updates()[0]).toBe('staged 0.2.0');
});

test('it outlives a restart: what was accepted is fetched by the next start', async () => {
  const first = await onBase();
  await first.take(release());
  first.updater.stop();
  const second = await onBase();
  await second.live(5 * MINUTE);
  expect(second.restarts).toBe(1);
});

test('a slot that does not run is a warning until it does, and the state tells what waits', async () => {
  const instead = { version: '0.2.0', reason: 'damaged' };
  const fallen = await start('0.1.0', { slot: 'base', trial: false, instead });
  expect([...box.warnings]).toEqual(['update-base']);
  expect(box.updates()).toEqual(['returned 0.2.0 damaged']);
  fallen.updater.stop();
  const run = await onBase();
  expect([...box.warnings]).toEqual([]);
  expect(run.updater.shown()).toBeUndefined();
  box.busy = 'on-air';
  await run.take(release({ not_before: instantOf(NOW + DAY) }));
  await run.live(MINUTE);
  expect(run.updater.shown()).toEqual({ version: '0.2.0', step: 'not-yet', until: instantOf(NOW + DAY) });
});

describe('what bars the way for no other release', () => {
  const stolen = key('release-2');
  const [scope] = KEYS.keys;
  const withStolen = {
    ...KEYS,
    keys: scope ? [...KEYS.keys, { ...scope, id: stolen.id, public: publicKeyOf(stolen) }] : [],
  };

  test('one of a key that was taken out', async () => {
    box.keys = withStolen;
    const run = await onBase();
    const highest = release({ version: '99999.0.0', issued_at: instantOf(NOW + 59_000) }, stolen);
    expect(await run.take(highest)).toBe('taken');
    expect(await run.take(release())).toMatchObject({ refused: 'older' });
    box.keys = KEYS;
    expect(await run.take(release())).toBe('taken');
    await run.live(5 * MINUTE);
    expect(box.trial).toBe('a');
  });

  test('one from the future, taken before the time was known', async () => {
    box.trust = 'floor';
    const run = await onBase();
    expect(await run.take(release({ version: '0.3.0', issued_at: instantOf(NOW + DAY) }))).toBe('taken');
    box.trust = 'server';
    expect(await run.take(release())).toBe('taken');
  });
});
