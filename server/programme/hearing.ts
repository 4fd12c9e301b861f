import type { AreaCode, Target } from '../../firmware-protocol/content/area.ts';
import type { Decision } from '../../firmware-protocol/content/resolver.ts';
import { ServerError } from '../errors.ts';
import { othersFirst } from '../others-first.ts';
import type { Listener, VillagePlans } from './village-plans.ts';

/** A village, or one hall of it where its halls differ. */
export interface Hearer extends Listener {
  who: Target;
  /** What its box says that it has; undefined = it said nothing yet, or there is none. */
  has: { box: boolean; tower: boolean; panel: boolean };
}

export interface HearingGroup {
  villages: ReadonlySet<AreaCode>;
  hearers: Hearer[];
  decisions: Decision[];
}

const HEARING_WORK = {
  /** Lines of all different plans together, some 20 µs and a kilobyte each. */
  lines: 200_000,
  /** Of such lines, or of villages: 10 ms of work. */
  inOneGo: 500,
} as const;

/**
 * Those that hear and see the same between two instants (epoch ms), the most first. Other programmes or laws that change nothing then make no
 * difference. Other work of the server goes on between. Rejects `hearing-too-wide`.
 */
export async function hearingGroups(
  hearers: Iterable<Hearer>,
  plans: VillagePlans,
  fromMs: number,
  untilMs: number,
): Promise<HearingGroup[]> {
  const texts = new Map<Decision[], { key: string; decisions: Decision[] }>();
  const groups = new Map<string, { villages: Set<AreaCode>; hearers: Hearer[]; decisions: Decision[] }>();
  let [lines, work] = [0, 0];
  for (const hearer of hearers) {
    const all = plans.of(hearer);
    const isNew = !texts.has(all);
    const known = texts.get(all) ?? within(all, fromMs, untilMs);
    texts.set(all, known);
    if (isNew) lines += all.length;
    work += isNew ? 1 + all.length : 1;
    if (lines > HEARING_WORK.lines)
      throw new ServerError('hearing-too-wide', { context: { plans: texts.size } });
    if (work >= HEARING_WORK.inOneGo) {
      work = 0;
      await othersFirst();
    }
    const group = groups.get(known.key) ?? {
      villages: new Set<AreaCode>(),
      hearers: [],
      decisions: known.decisions,
    };
    group.villages.add(hearer.village);
    group.hearers.push(hearer);
    groups.set(known.key, group);
  }
  return [...groups.values()].sort((a, b) => b.villages.size - a.villages.size);
}

function within(all: Decision[], fromMs: number, untilMs: number): { key: string; decisions: Decision[] } {
  const decisions = all.filter(
    ({ startsMs, endsMs }) => startsMs < untilMs && (endsMs > fromMs || startsMs >= fromMs),
  );
  return { key: decisions.map(lineKey).join('\n'), decisions };
}

function lineKey({ occurrence, output, verdict, startsMs, endsMs, because }: Decision): string {
  return [occurrence.id, output, verdict, startsMs, endsMs, because].join(' ');
}

const TITLES_TOLD = 3;

/** What a group hears otherwise than the largest one, in words; each line of its plan says why. */
export function differenceBetween(
  { decisions: usual }: HearingGroup,
  { decisions }: HearingGroup,
): { en: string; th: string } {
  const usually = new Map(usual.map((each) => [placeOf(each), each]));
  const here = new Map(decisions.map((each) => [placeOf(each), each]));
  const more = decisions.filter((each) => !usually.has(placeOf(each)));
  const less = usual.filter((each) => !here.has(placeOf(each)));
  const other = decisions.filter((each) => {
    const same = usually.get(placeOf(each));
    return same !== undefined && lineKey(same) !== lineKey(each);
  });
  const said = [
    { titles: titlesOf(more), en: 'also', th: 'มีเพิ่ม' },
    { titles: titlesOf(less), en: 'without', th: 'ไม่มี' },
    { titles: titlesOf(other), en: 'otherwise', th: 'ต่างไป' },
  ].filter(({ titles }) => titles !== '');
  return {
    en: said.map(({ titles, en }) => `${en} ${titles}`).join('; '),
    th: said.map(({ titles, th }) => `${th} ${titles}`).join(' / '),
  };
}

function placeOf({ occurrence, output }: Decision): string {
  return `${occurrence.id} ${output}`;
}

function titlesOf(decisions: Decision[]): string {
  const titles = [...new Set(decisions.map(({ occurrence }) => `"${occurrence.entry.announcement.title}"`))];
  const rest = titles.length - TITLES_TOLD;
  return `${titles.slice(0, TITLES_TOLD).join(', ')}${rest > 0 ? ` (+${rest})` : ''}`;
}
