import { Text, VisuallyHidden } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { AREA_WORDS } from './area-words.ts';
import { amissIn, countWords } from './count-kinds.ts';
import { STANDING_COLOR, standingOf } from './map-scale.ts';
import type { FleetCounts } from './use-area.ts';

/** How an area fares, in as little room as a line of the tree has: who is there, and what is amiss with how many. */
export function AreaCounts({ counts }: { counts: FleetCounts }) {
  const say = useWords(AREA_WORDS);
  const { online, halls } = counts;
  const words = countWords(counts, say);
  return (
    <span className="area-counts" title={words}>
      <VisuallyHidden>: {words}</VisuallyHidden>
      {amissIn(counts).map(({ kind, icon: Sign, color, value }) => (
        <Text key={kind} span size="xs" c={color} data-count={kind} aria-hidden className="area-count">
          <Sign size={13} aria-hidden />
          {value.toLocaleString('en-US')}
        </Text>
      ))}
      <Text span size="xs" c="dimmed" aria-hidden className="area-count">
        <span className="standing-dot" style={{ background: STANDING_COLOR[standingOf(counts)] }} />
        {online.toLocaleString('en-US')}/{halls.toLocaleString('en-US')}
      </Text>
    </span>
  );
}
