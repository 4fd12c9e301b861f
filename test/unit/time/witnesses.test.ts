import { expect, test, vi } from 'vitest';
import { Warnings } from '../../../device/health/warnings.ts';
import type { TimeSource } from '../../../device/ports.ts';
import { TimeWitnesses } from '../../../device/time/time-witnesses.ts';
import { TrustedClock } from '../../../device/time/trusted-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { WrongClock } from './wrong-clock.ts';

const BUILD = Date.parse('2026-01-01T00:00:00Z');
const TRUTH = Date.parse('2026-11-16T06:00:00+07:00');
const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000];

/** A box that woke in 1970, and clocks beside it that are wrong by so much. */
function box(facts: Record<string, string> = {}) {
  const system = new WrongClock(TRUTH, -TRUTH);
  const clock = new TrustedClock(system, BUILD);
  const wrong: Record<'ntp' | 'board', number | undefined> = { ntp: undefined, board: undefined };
  const kept: number[] = [];
  const ask = (name: 'ntp' | 'board') => async () => {
    const by = wrong[name];
    return by === undefined
      ? undefined
      : { wall: system.time.wall() + by, monotonic: system.monotonic(), error_ms: 100 };
  };
  const sources: TimeSource[] = [
    { name: 'ntp', ask: ask('ntp') },
    { name: 'board', ask: ask('board'), keep: async (wall) => void kept.push(wall()) },
  ];
  const told: string[] = [];
  const learned = vi.fn();
  const store = {
    fact: async (name: string) => facts[name],
    commit: async (change: { facts?: Record<string, string> }) => void Object.assign(facts, change.facts),
  };
  const warnings = new Warnings(
    ({ code, raised, detail }) => void told.push(`${raised ? '+' : '-'}${code} ${detail ?? ''}`.trim()),
  );
  const witnesses = new TimeWitnesses({ sources, clock, store, warnings, log: silentLog, learned });
  const server = (by = 0) => {
    clock.learn({ wall: system.time.wall() + by, monotonic: system.monotonic(), error_ms: 30 });
    witnesses.serverTold();
  };
  const pass = (ms: number) => system.time.runTo(system.time.monotonic() + ms);
  return { system, clock, wrong, kept, told, learned, facts, witnesses, server, pass };
}

test('one source alone proves nothing; two that agree within two seconds are believed', async () => {
  const { clock, wrong, witnesses, learned, pass } = box();
  wrong.ntp = 0;
  await witnesses.start();
  expect(clock.trust()).toBe('none');
  wrong.board = 1_500;
  await pass(20 * SECOND);
  expect(clock.trust()).toBe('full');
  expect(Math.abs(clock.wall() - TRUTH - 20 * SECOND)).toBeLessThan(2_000);
  expect(learned).toHaveBeenCalledOnce();
});

test('two that do not agree are not believed', async () => {
  const { clock, wrong, witnesses, pass } = box();
  Object.assign(wrong, { ntp: 0, board: 5_000 });
  await witnesses.start();
  await pass(HOUR);
  expect(clock.trust()).toBe('none');
});

test('the server wins over a lying time service, and the warning says who is wrong by how much', async () => {
  const { clock, wrong, witnesses, server, told, pass } = box();
  Object.assign(wrong, { ntp: HOUR, board: HOUR });
  await witnesses.start();
  expect(clock.trust()).toBe('full');
  server();
  await pass(SECOND);
  expect(clock.trust()).toBe('server');
  expect(Math.abs(clock.wall() - TRUTH - SECOND)).toBeLessThan(100);
  expect(told).toEqual(['+clocks-disagree ntp 3600 s, board 3600 s']);
  Object.assign(wrong, { ntp: 0, board: 0 });
  await pass(HOUR);
  expect(clock.trust()).toBe('full');
  expect(told.at(-1)).toBe('-clocks-disagree');
});

test('a board that we set carries the time over a loss of power, alone, for as long as a hall has to', async () => {
  const before = box();
  before.wrong.board = 7_000;
  await before.witnesses.start();
  expect(before.kept).toEqual([]);
  before.server();
  await before.pass(SECOND);
  expect(before.kept).toHaveLength(1);

  const after = box(before.facts);
  await after.system.time.runTo(30 * DAY);
  after.wrong.board = 90 * SECOND;
  await after.witnesses.start();
  expect(after.clock.trust()).toBe('server');
  expect(Math.abs(after.clock.wall() - after.system.time.wall())).toBeLessThan(120 * SECOND);
  // What is only carried is not written back as if it were known anew.
  expect(after.kept).toEqual([]);
});

test('a board that we set in this boot only echoes us: it makes nothing sure that was not sure before', async () => {
  const { clock, wrong, witnesses, server, pass, kept } = box();
  wrong.board = 5_000;
  await witnesses.start();
  server();
  await pass(SECOND);
  expect(kept).toHaveLength(1);
  // It says now what it was told.
  wrong.board = 0;
  await pass(HOUR);
  expect(clock.trust()).toBe('server');
});

test.each([
  ['longer than that', 40 * DAY, 0],
  ['back before it was set: its battery is dead', DAY, -10 * 365 * DAY],
])('a board that was set and says %s carries nothing', async (_what, ran, by) => {
  const before = box();
  before.wrong.board = 0;
  before.server();
  await before.witnesses.start();
  const after = box(before.facts);
  await after.system.time.runTo(ran);
  after.wrong.board = by;
  await after.witnesses.start();
  expect(after.clock.knowsTheTime).toBe(false);
});

test('what was believed is carried on when its witnesses fall silent, as known and no longer as sure', async () => {
  const { clock, wrong, witnesses, pass } = box();
  Object.assign(wrong, { ntp: 0, board: 0 });
  await witnesses.start();
  Object.assign(wrong, { ntp: undefined, board: undefined });
  await pass(DAY);
  expect(clock.trust()).toBe('server');
  expect(Math.abs(clock.wall() - TRUTH - DAY)).toBeLessThan(SECOND);
});
