import { expect, test } from 'vitest';
import type { Change } from '../../../device/ports.ts';
import { StampingJournal } from '../../../device/reports/journal.ts';
import { canonicalJson } from '../../../firmware-protocol/content/canonical-json.ts';
import { claimOf, started } from '../../contract/ports/store-records.ts';

function journalOver(commits: Change[], failure?: Error) {
  let woken = 0;
  const commit = async (change: Change) => {
    if (failure !== undefined) throw failure;
    commits.push(change);
  };
  const journal = new StampingJournal({
    store: { commit },
    clock: { wall: () => Date.UTC(2026, 10, 13, 11, 30) },
    trust: () => 'floor',
    boot: 7,
    recorded: () => {
      woken += 1;
    },
  });
  return { journal, woken: () => woken };
}

test('events are stamped and committed with what changed by them', async () => {
  const commits: Change[] = [];
  const { journal, woken } = journalOver(commits);
  await journal.record([started('a')], { claims: [claimOf('a')] });
  expect(commits).toEqual([
    {
      claims: [claimOf('a')],
      reports: [{ at: '2026-11-13T18:30:00.000+07:00', trust: 'floor', boot: 7, event: started('a') }],
    },
  ]);
  expect(woken()).toBe(1);
});

test('a change without events wakes nobody; a failed commit is the caller’s to know', async () => {
  const { journal, woken } = journalOver([]);
  await journal.record([], { facts: { boot: '1' } });
  expect(woken()).toBe(0);
  const failing = journalOver([], new Error('full'));
  await expect(failing.journal.record([started('a')])).rejects.toThrow('full');
  expect(failing.woken()).toBe(0);
});

test('a detail that is too long is cut: one report that nobody can read would hold up all others', async () => {
  const commits: Change[] = [];
  await journalOver(commits).journal.record([
    { type: 'warning', code: 'player-failed', raised: true, detail: 'ข'.repeat(900) },
  ]);
  expect(commits[0]?.reports?.[0]?.event).toMatchObject({ detail: 'ข'.repeat(400) });
});

test('half a character in a detail, cut off or sent on purpose, keeps no report from being hashed', async () => {
  const commits: Change[] = [];
  const detail = `\ud800 ${'x'.repeat(397)}\u{1f30a}`;
  await journalOver(commits).journal.record([{ type: 'refused', reason: 'unknown-key', count: 1, detail }]);
  const event = commits[0]?.reports?.[0]?.event;
  expect(() => canonicalJson(event)).not.toThrow();
  expect(event).toMatchObject({ detail: `\ufffd ${'x'.repeat(397)}\ufffd` });
});
