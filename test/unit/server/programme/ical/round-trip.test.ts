import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PlannedEntry } from '../../../../../firmware-protocol/mqtt/programme-requests.ts';
import { readIcalLine } from '../../../../../server/drivers/ical.ts';
import { readComponents } from '../../../../../server/programme/ical/components.ts';
import { eventsOf } from '../../../../../server/programme/ical/plan-events.ts';
import { readPlan } from '../../../../../server/programme/ical/read-plan.ts';
import { writeIcal } from '../../../../../server/programme/ical/write-ical.ts';
import { arbitraryRule, arbitraryStart } from '../../../content/arbitrary-rule.ts';

const FROM = Date.UTC(2026, 10, 12, 17);
const WINDOW = { fromMs: FROM, untilMs: FROM + 60 * 86_400_000 };
const SEED = Number(process.env.PRAKAT_SEED ?? Date.now() % 2 ** 31);

const words = fc.string({ unit: fc.constantFrom(...'กขคง้ำ่ๆ ,;:\\"^ab1\n😀'), minLength: 1, maxLength: 90 });
const title = words.map((each) => each.replaceAll('\n', ' ').trim() || 'ข่าว');
const calendars = fc.option(fc.constantFrom(['wan-phra'], ['public-holiday', 'school-term']), {
  nil: undefined,
});

const times = arbitraryStart.chain((starts) =>
  fc.record({
    starts: fc.constant(starts),
    rule: fc.option(arbitraryRule(starts), { nil: undefined }),
    except: fc.uniqueArray(arbitraryStart, { maxLength: 4 }),
  }),
);
const entry = fc
  .record({
    times,
    title,
    text: words,
    band: fc.constantFrom(80, 40, 20),
    grace_s: fc.integer({ min: 0, max: 3_600 }),
    chime: fc.boolean(),
    not_on: calendars,
    only_on: calendars,
  })
  .map(({ times: { rule, ...when }, title: said, text, chime, not_on, only_on, ...rest }) => ({
    ...when,
    ...rest,
    ...(rule !== undefined && { rule }),
    ...(not_on !== undefined && { not_on }),
    ...(only_on !== undefined && { only_on }),
    announcement: {
      title: said,
      ...(chime && { tower: { chime: 'ding' } }),
      panel: { pages: [{ text, seconds: 12, qr: 'https://example.go.th/?a=1;b,2' }] },
    },
  }));

it(`a plan that went out comes back to the letter (PRAKAT_SEED=${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), (documents) => {
      const entries = documents.map((each, at) => PlannedEntry.parse({ id: `e${at}`, ...each }));
      const { events } = eventsOf('43', entries, entries, [], WINDOW);
      const ics = writeIcal({ title: 'ผังรายการ', version: 2, madeMs: FROM }, events);
      const read = readComponents(Buffer.from(ics), readIcalLine);
      const plan = readPlan(read.calendars, { as: undefined, categories: new Map() }, FROM);
      expect([...read.faults, ...plan.faults]).toEqual([]);
      expect(plan.entries.map((each) => each.entry)).toEqual(entries);
    }),
    { numRuns: 200, seed: SEED },
  );
});
