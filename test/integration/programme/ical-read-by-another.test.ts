import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startsOfEntry } from '../../../firmware-protocol/content/resolver.ts';
import { PlannedEntry } from '../../../firmware-protocol/mqtt/programme-requests.ts';
import { readIcalLine } from '../../../server/drivers/ical.ts';
import { expandPlan } from '../../../server/programme/expand-plan.ts';
import { readComponents } from '../../../server/programme/ical/components.ts';
import type { Mapping } from '../../../server/programme/ical/mapped-event.ts';
import { eventsOf } from '../../../server/programme/ical/plan-events.ts';
import { readPlan } from '../../../server/programme/ical/read-plan.ts';
import { writeIcal } from '../../../server/programme/ical/write-ical.ts';
import { arbitraryRule, arbitraryStart } from '../../unit/content/arbitrary-rule.ts';

/** What prakat writes, read by python3-icalendar, its occurrences worked out by python3-dateutil, which `scripts/test` installs. */
const SCRIPT = fileURLToPath(new URL('occurrences.py', import.meta.url));
/** Debian's own, where Debian's packages are; a `python3` of somebody else may come first on PATH. */
const PYTHON = '/usr/bin/python3';
const isThere = spawnSync(PYTHON, ['-c', 'import icalendar, dateutil']).status === 0;
const FROM = Date.UTC(2026, 10, 12, 17);
const DAY_MS = 86_400_000;
const SEED = Number(process.env.PRAKAT_SEED ?? Date.now() % 2 ** 31);

const AT_EIGHT: Mapping = { band: 40, outputs: ['panel'], text: 'summary', media: [], all_day_at: '08:00' };

interface Read {
  titles: Record<string, string>;
  starts: Record<string, number[]>;
}

async function readByAnother(ics: string | Uint8Array, fromMs: number, untilMs: number): Promise<Read> {
  const args = [SCRIPT, String(fromMs / 1_000), String(untilMs / 1_000)];
  const child = spawn(PYTHON, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(ics);
  return JSON.parse(await text(child.stdout)) as Read;
}

const noImports = { get: async () => undefined };

async function written(entries: PlannedEntry[], untilMs: number): Promise<string> {
  const expanded = await expandPlan(noImports, '43', { entries, slots: [] }, FROM, untilMs);
  const { events } = eventsOf('43', entries, expanded.entries, [], { fromMs: FROM, untilMs });
  return writeIcal({ title: 'ผังรายการ จังหวัดหนองคาย', version: 3, madeMs: FROM }, events);
}

/** Ours, with the calendars applied. */
async function starts(entries: PlannedEntry[], untilMs: number): Promise<Record<string, number[]>> {
  const expanded = await expandPlan(noImports, '43', { entries, slots: [] }, FROM, untilMs);
  return Object.fromEntries(
    expanded.entries.map((entry) => [
      `${entry.id}.43@prakat`,
      startsOfEntry(entry, FROM, untilMs).map((ms) => ms / 1_000),
    ]),
  );
}

const entry = (id: string, rest: object, title = `ข่าว ${id}`) =>
  PlannedEntry.parse({
    id,
    starts: '2026-11-14T06:30:00',
    band: 40,
    announcement: { title, panel: { pages: [{ text: 'ประชุมหมู่บ้าน\nเวลา 9.00 น.', seconds: 10 }] } },
    ...rest,
  });

async function expectSame(entries: PlannedEntry[], days: number): Promise<Read> {
  const untilMs = FROM + days * DAY_MS;
  const read = await readByAnother(await written(entries, untilMs), FROM, untilMs);
  const ours = await starts(entries, untilMs);
  for (const [uid, each] of Object.entries(ours)) {
    const { starts: first, rule, except } = entries.find(({ id }) => `${id}.43@prakat` === uid) ?? {};
    expect(read.starts[uid] ?? [], `${uid} ${first} ${rule} ${except}`).toEqual(each);
  }
  return read;
}

describe.runIf(isThere)('iCalendar that prakat writes is read the same by another program', () => {
  it('what a province plans, over a year', async () => {
    const title = 'น้ำท่วม, โปรดระวัง; โทร \\ 1784 ซึ่งเป็นชื่อที่ยาวพอที่จะต้องพับบรรทัดในไฟล์นี้';
    const read = await expectSame(
      [
        entry('anthem', { rule: 'FREQ=DAILY;BYHOUR=8,18;BYMINUTE=0' }),
        entry('market', { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;UNTIL=20270131' }),
        entry('month-end', { rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' }),
        entry('report', { rule: 'FREQ=MONTHLY;BYMONTHDAY=13;COUNT=6' }),
        entry('leap', { starts: '2028-02-29T07:00:00', rule: 'FREQ=YEARLY' }),
        entry('but', { rule: 'FREQ=DAILY;COUNT=9', except: ['2026-11-15T06:30:00', '2026-11-17T06:30:00'] }),
        entry('tham', { rule: 'FREQ=DAILY', only_on: ['wan-phra'] }),
        entry('office', { rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', not_on: ['public-holiday'] }),
        entry('never', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }),
        entry('once', {}, title),
      ],
      365,
    );
    expect(read.titles['once.43@prakat']).toBe(title);
  });

  // dateutil counts BYSETPOS of a first week from DTSTART instead of from WKST; rrule-temporal and RFC 5545 do not.
  const seldom = (starts: string) =>
    arbitraryRule(starts).filter((rule) => !/FREQ=(HOURLY|MINUTELY|WEEKLY.*BYSETPOS)/.test(rule));
  const busy = (starts: string) =>
    arbitraryRule(starts).filter((rule) => /FREQ=(HOURLY|MINUTELY)/.test(rule));

  // dateutil walks every minute from DTSTART on.
  const lately = fc
    .integer({ min: -10 * 86_400, max: 86_400 })
    .map((seconds) => new Date(FROM + seconds * 1_000).toISOString().slice(0, 19));

  it.each([
    ['some hundred random entries, over a year', arbitraryStart, seldom, 300, 365],
    ['random entries of each hour and minute, over two days', lately, busy, 100, 2],
  ] as const)(
    `%s (PRAKAT_SEED=${SEED})`,
    async (_what, starting, ruleOf, count, days) => {
      const times = starting.chain((starts) =>
        fc.record({ starts: fc.constant(starts), rule: ruleOf(starts) }),
      );
      const entries = fc
        .sample(times, { numRuns: count, seed: SEED })
        .map((each, at) => entry(`e${at}`, each));
      await expectSame(entries, days);
    },
    120_000,
  );
});

describe.runIf(isThere)('calendars of other programs mean the same to prakat as to another program', () => {
  it.each(['google', 'outlook', 'apple'])('%s', async (name) => {
    const bytes = await readFile(new URL(`../../fixtures/ical/${name}.ics`, import.meta.url));
    const { calendars, faults } = readComponents(bytes, readIcalLine);
    const plan = readPlan(calendars, { as: AT_EIGHT, categories: new Map() }, FROM);
    expect([...faults, ...plan.faults]).toEqual([]);
    const untilMs = FROM + 365 * DAY_MS;
    const ours = plan.entries.flatMap(({ entry }) => startsOfEntry(entry, FROM, untilMs));
    const read = await readByAnother(bytes, FROM, untilMs);
    const theirs = Object.values(read.starts).flat();
    expect(ours.map((ms) => ms / 1_000).sort()).toEqual(theirs.sort());
    expect(ours.length).toBeGreaterThan(8);
  });
});
