import { type AreaCode, lineageOf } from '../../../firmware-protocol/content/area.ts';
import { type Programme, ProgrammeEntry } from '../../../firmware-protocol/content/programme.ts';
import { type Occurrence, occurrencesOf, type resolve } from '../../../firmware-protocol/content/resolver.ts';
import { VillagePlans } from '../../../server/programme/village-plans.ts';
import { randomRules } from './random-rules.ts';

/** A province of 1,000 villages in 20 districts of five tambons, and the nation above it. */
export interface Country {
  programmes: Programme[];
  villages: AreaCode[];
  entries: number;
}

const LOOK_BACK_MS = 12 * 3_600_000;
const ISSUED = '2026-11-01T00:00:00+07:00';
const two = (n: number) => String(n).padStart(2, '0');

/** 1,000 entries: of the nation, the province, each district and tambon, and two villages of each tambon. */
export function countryOf(seed: number): Country {
  const districts = Array.from({ length: 20 }, (_, at) => `43${two(at + 1)}`);
  const tambons = districts.flatMap((district) =>
    Array.from({ length: 5 }, (_, at) => `${district}${two(at + 1)}`),
  );
  const villages = tambons.flatMap((tambon) =>
    Array.from({ length: 10 }, (_, at) => `${tambon}${two(at + 1)}`),
  );
  const shares: [AreaCode, number][] = [
    ['th', 50],
    ['43', 250],
    ...districts.map((area): [AreaCode, number] => [area, 10]),
    ...tambons.map((area): [AreaCode, number] => [area, 3]),
    ...villages.filter((_, at) => at % 5 === 0).map((area): [AreaCode, number] => [area, 1]),
  ];
  const entries = shares.reduce((sum, [, count]) => sum + count, 0);
  const rules = randomRules(seed, entries);
  const programmes = shares.map(([area, count]) => programmeOf(area, rules.splice(0, count)));
  return { programmes, villages, entries };
}

function programmeOf(area: AreaCode, rules: ReturnType<typeof randomRules>): Programme {
  const entries = rules.map(({ starts, rule }, at) =>
    ProgrammeEntry.parse({
      id: `entry-${at}`,
      starts,
      rule,
      band: at % 10 === 0 ? 20 : 40,
      announcement: {
        title: `ข่าว ${at}`,
        tower: { chime: 'attention' },
        panel: { pages: [{ text: 'ข่าวประชาสัมพันธ์', seconds: 20 }] },
      },
    }),
  );
  const times = { issued_at: ISSUED, valid_until: '2027-01-01T00:00:00+07:00' };
  return { format: 1, area, version: 1, by: 'bench', ...times, entries, signature: { key: '-', value: '-' } };
}

/** Lines of the plans of all villages. */
export function explainTogether({ programmes, villages }: Country, fromMs: number, toMs: number): number {
  const plans = new VillagePlans(programmes, fromMs, toMs);
  return villages.reduce((lines, village) => lines + plans.of({ village, laws: undefined }).length, 0);
}

/** The same, each village for itself. */
export function explainAlone(
  { programmes, villages }: Country,
  fromMs: number,
  toMs: number,
  resolver: typeof resolve,
): number {
  return villages.reduce((lines, village) => {
    const lineage = lineageOf(village);
    const own = programmes.filter(({ area }) => lineage.includes(area));
    const due: Occurrence[] = occurrencesOf(own, fromMs - LOOK_BACK_MS, toMs);
    return (
      lines + resolver(due).filter(({ startsMs, endsMs }) => Math.max(startsMs, endsMs) >= fromMs).length
    );
  }, 0);
}
