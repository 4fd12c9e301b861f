import { Text } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { useLanguage, useWords } from '../words/language.ts';
import { AREA_WORDS } from './area-words.ts';
import { countWords } from './count-kinds.ts';
import { MapLegend } from './map-legend.tsx';
import { type MapColoring, standingOf } from './map-scale.ts';
import { stepFrom } from './map-steps.ts';
import { StandingStripes, stripesOf } from './standing-stripes.tsx';
import { DRAWN, VIEW_BOX } from './svg-provinces.ts';
import { type AreaPart, partName } from './use-area.ts';

interface Props {
  parts: readonly AreaPart[];
  /** Areas drawn with a strong edge; a district marks its province. */
  marked: readonly string[];
  coloring?: MapColoring;
  /** Absent: a picture, nothing to press. */
  onPick?: (area: string) => void;
}

/** The 77 provinces, coloured by how they fare; those outside the account's areas are grey and cannot be chosen. */
export function ProvinceMap({ parts, marked, coloring = 'heard', onPick }: Props) {
  const say = useWords(AREA_WORDS);
  const id = useId();
  const byArea = new Map(parts.map((part) => [part.area, part]));
  const provinces = new Set(marked.map((area) => area.slice(0, 2)));
  const [visited, setVisited] = useState<string>();
  // One stop of the tab key: from there on by arrows, for behind the map there is more.
  const stop = [visited, ...provinces, parts[0]?.area].find((area) => byArea.has(area ?? ''));
  return (
    <figure style={{ margin: 0 }}>
      <svg
        viewBox={VIEW_BOX}
        role={onPick === undefined ? 'img' : 'group'}
        aria-label={say(onPick === undefined ? 'map' : 'mapPicked')}
        style={{ width: '100%', maxHeight: 'var(--map-height, 70vh)' }}
        onKeyDown={steppedByArrows}
      >
        <StandingStripes id={id} />
        {DRAWN.map(({ area, path }) => (
          <Province
            key={area ?? 'water'}
            path={path}
            part={area === undefined ? undefined : byArea.get(area)}
            fillOf={(part) => stripesOf(id, part === undefined ? 'empty' : standingOf(part.counts, coloring))}
            marked={area !== undefined && provinces.has(area)}
            {...(onPick && {
              press: { isStop: area === stop, pick: onPick, visit: setVisited },
            })}
          />
        ))}
      </svg>
      <figcaption>
        <MapLegend coloring={coloring} parts={parts} id={id} />
        <Text span size="xs" c="dimmed">
          {say('mapBy')}
        </Text>
      </figcaption>
    </figure>
  );
}

interface ProvinceProps {
  path: string;
  part: AreaPart | undefined;
  fillOf: (part: AreaPart | undefined) => string;
  marked: boolean;
  press?: { isStop: boolean; pick: (area: string) => void; visit: (area: string) => void };
}

function Province({ path, part, fillOf, marked, press }: ProvinceProps) {
  const say = useWords(AREA_WORDS);
  const lang = useLanguage();
  const looks = {
    d: path,
    fill: fillOf(part),
    stroke: marked ? 'var(--mantine-color-text)' : 'var(--mantine-color-body)',
    strokeWidth: marked ? 3 : 1,
  };
  if (part === undefined) return <path {...looks} />;
  const name = `${partName(part, lang)}: ${countWords(part.counts, say)}`;
  if (press === undefined)
    return (
      <path {...looks}>
        <title>{name}</title>
      </path>
    );
  const pick = () => press.pick(part.area);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing
    <path
      {...looks}
      className="province"
      role="button"
      tabIndex={press.isStop ? 0 : -1}
      aria-label={name}
      aria-pressed={marked}
      data-area={part.area}
      onFocus={() => press.visit(part.area)}
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

function steppedByArrows(event: KeyboardEvent<SVGSVGElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<SVGPathElement>('[data-area]')];
  const points = buttons.map((button) => {
    const { x, y, width, height } = button.getBBox();
    return { area: button.dataset.area ?? '', x: x + width / 2, y: y + height / 2 };
  });
  const from = points[buttons.indexOf(event.target as SVGPathElement)];
  const next = from && stepFrom(from, points, event.key);
  if (next === undefined) return;
  event.preventDefault();
  buttons.find(({ dataset }) => dataset.area === next)?.focus();
}
