import { Text } from '@mantine/core';
import { useLanguage, useWords } from '../words/language.ts';
import { AREA_WORDS } from './area-words.ts';
import { STANDING_COLOR, standingOf } from './standing-color.ts';
import { DRAWN, VIEW_BOX } from './svg-provinces.ts';
import { type AreaPart, partName } from './use-area.ts';

interface Props {
  parts: readonly AreaPart[];
  /** Areas drawn with a strong edge; a district marks its province. */
  marked: readonly string[];
  onPick?: (area: string) => void;
}

/** The 77 provinces, coloured by who would be heard; those outside the account's areas are grey and cannot be chosen. */
export function ProvinceMap({ parts, marked, onPick }: Props) {
  const say = useWords(AREA_WORDS);
  const byArea = new Map(parts.map((part) => [part.area, part]));
  const provinces = new Set(marked.map((area) => area.slice(0, 2)));
  return (
    <figure style={{ margin: 0 }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with buttons, no form */}
      <svg
        viewBox={VIEW_BOX}
        role="group"
        aria-label={say('map')}
        style={{ width: '100%', maxHeight: 'var(--map-height, 70vh)' }}
      >
        {DRAWN.map(({ area, path }) => (
          <Province
            key={area ?? 'water'}
            path={path}
            part={area === undefined ? undefined : byArea.get(area)}
            marked={area !== undefined && provinces.has(area)}
            onPick={onPick}
          />
        ))}
      </svg>
      <Text component="figcaption" size="xs" c="dimmed">
        {say('mapBy')}
      </Text>
    </figure>
  );
}

interface ProvinceProps {
  path: string;
  part: AreaPart | undefined;
  marked: boolean;
  onPick: ((area: string) => void) | undefined;
}

function Province({ path, part, marked, onPick }: ProvinceProps) {
  const say = useWords(AREA_WORDS);
  const lang = useLanguage();
  if (part === undefined)
    return <path d={path} fill={STANDING_COLOR.empty} stroke="var(--mantine-color-body)" />;
  const { halls, online } = part.counts;
  const name = `${partName(part, lang)}: ${say('online', { online, halls })}`;
  const pick = () => onPick?.(part.area);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing
    <path
      d={path}
      className="province"
      fill={STANDING_COLOR[standingOf(part.counts)]}
      stroke={marked ? 'var(--mantine-color-text)' : 'var(--mantine-color-body)'}
      strokeWidth={marked ? 3 : 1}
      role="button"
      tabIndex={0}
      aria-label={name}
      aria-pressed={marked}
      data-area={part.area}
      onClick={pick}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          pick();
        }
      }}
    >
      <title>{name}</title>
    </path>
  );
}
