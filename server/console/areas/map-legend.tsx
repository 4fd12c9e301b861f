import { Text } from '@mantine/core';
import type { Say } from '../words/language.ts';
import { useWords } from '../words/language.ts';
import { AREA_WORDS, type AreaWord } from './area-words.ts';
import { type MapColoring, STANDINGS, type Standing, scaleOf, standingOf } from './map-scale.ts';
import { StandingStripes, stripesOf } from './standing-stripes.tsx';
import type { AreaPart } from './use-area.ts';

/** Units of the map that a sample shows, so that its stripes are as wide as there. */
const SAMPLE = { width: 66, height: 42 } as const;

interface Props {
  coloring: MapColoring;
  parts: readonly AreaPart[];
  /** Names the stripes of this drawing. */
  id: string;
}

/** What each colour and its stripes mean, and how many provinces have it. */
export function MapLegend({ coloring, parts, id }: Props) {
  const say = useWords(AREA_WORDS);
  const what = say(coloring);
  return (
    <div className="map-legend">
      <Text size="xs" fw={600}>
        {what}
      </Text>
      <ul className="plain-list" aria-label={say('legend', { what })}>
        {STANDINGS.map((standing) => (
          <li key={standing}>
            <svg viewBox={`0 0 ${SAMPLE.width} ${SAMPLE.height}`} width={22} height={14} aria-hidden>
              <StandingStripes id={id} />
              <rect {...SAMPLE} fill={stripesOf(id, standing)} />
            </svg>
            <Text span size="xs">
              {meaning(standing, coloring, say)}
            </Text>
            {standing !== 'empty' && (
              <Text span size="xs" c="dimmed" className="tabular">
                {say('provinces', {
                  count: parts.filter(({ counts }) => standingOf(counts, coloring) === standing).length,
                })}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function meaning(standing: Standing, coloring: MapColoring, say: Say<AreaWord>): string {
  const { wanted, poor, bad } = scaleOf(coloring);
  const percent = (share: number) => ({ share: Math.round(100 * share) });
  if (standing === 'empty') return say('noHalls');
  if (wanted === 'many')
    return {
      good: say('from', percent(poor)),
      poor: say('from', percent(bad)),
      bad: say('below', percent(bad)),
    }[standing];
  return {
    good: poor === 0 ? say('noneSo') : say('upTo', percent(poor)),
    poor: say('upTo', percent(bad)),
    bad: say('above', percent(bad)),
  }[standing];
}
