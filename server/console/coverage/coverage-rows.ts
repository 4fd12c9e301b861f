import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { timeWords } from '../time/thai-time.ts';
import type { Language, Say } from '../words/language.ts';
import type { CoverageWord } from './coverage-words.ts';

export type Coverage = AnswerTo<'coverage'>;
export type Part = Coverage['parts'][number];
export type Wanting = Coverage['wanting'][number];
export type Counts = Coverage['all'];

/** How villages stand, the best first: the order of bars, columns and filters. */
export const STANDINGS = ['working', 'impaired', 'offline', 'new', 'without'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Whole percent of villages with a box that works; never 100 while one is wanting, never 0 while one works. */
export function shareOf({ working, villages }: Pick<Counts, 'working' | 'villages'>): number {
  if (villages === 0) return 0;
  const share = Math.round((100 * working) / villages);
  if (working < villages) return Math.min(99, working > 0 ? Math.max(1, share) : share);
  return share;
}

export function partsCsv(
  parts: readonly Part[],
  say: Say<CoverageWord>,
  lang: Language,
): (string | number)[][] {
  return [
    [
      say('area'),
      say('areaCode'),
      say('villages'),
      ...STANDINGS.map((standing) => say(standing)),
      say('percent'),
    ],
    ...parts.map((part) => [
      part[lang],
      part.area,
      part.villages,
      ...STANDINGS.map((standing) => part[standing]),
      shareOf(part),
    ]),
  ];
}

export function wantingCsv(wanting: readonly Wanting[], say: Say<CoverageWord>, lang: Language): string[][] {
  return [
    [say('code'), say('village'), say('standing'), say('since'), say('lacks'), say('device')],
    ...wanting.map(({ village, name, standing, since, lacks = [], device = '' }) => [
      village,
      name,
      say(standing),
      since === undefined ? say('sinceUnknown') : timeWords(since, 'day', lang),
      lacks.map((output) => say(output)).join(' '),
      device,
    ]),
  ];
}

/**
 * Every village of an area that is wanting. One answer holds some 1,500: of an area with more, its parts are asked one after the
 * other, which a nation's server does not feel.
 */
export async function allWanting(area: string, ask: (area: string) => Promise<Coverage>): Promise<Wanting[]> {
  const answer = await ask(area);
  if (answer.left_out === 0 || answer.parts.length === 0) return answer.wanting;
  const all: Wanting[] = [];
  for (const part of answer.parts)
    if (part.working < part.villages) all.push(...(await allWanting(part.area, ask)));
  return all;
}
