import { Alert, Skeleton } from '@mantine/core';
import { lineageOf } from '../../../../firmware-protocol/content/area.ts';
import { partName, useOverview } from '../../areas/use-area.ts';
import { useListedAreas, useListedName } from '../../areas/use-listed-area.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { Drawn } from '../drag/drawn.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import { BlockFace, useBlockName, whoseIs } from './block-face.tsx';
import type { Block, DayPlan } from './blocks.ts';
import { HOURS } from './hours.ts';
import { inLanes } from './lanes.ts';
import { useClock } from './use-clock.ts';

const HOUR_PX = 68;
const LINE_PX = 26;
/** As wide as a time and the beginning of a title. */
const LEAST_MINUTES = 120;
const LANES = 4;
/** Villages wake before six. */
const FIRST_SEEN_HOUR = 5;

function atFirstHour(grid: HTMLDivElement | null): void {
  grid?.scrollTo({ left: FIRST_SEEN_HOUR * HOUR_PX });
}

interface Props extends Drawn {
  plan: DayPlan;
  onArea: (area: string) => void;
  onPointOf: (area: string, day: string, minute: number) => void;
}

/** Areas down, hours across: what is above, the area's own, and each area one step below with all that lies in it. */
export function AreaGrid({ plan, onArea, ...drawn }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  const clock = useClock();
  const { area } = drawn;
  const parts = useParts(area);
  if (area === 'th') return <Alert>{say('wholeNation')}</Alert>;
  const above = lineageOf(area).reverse();
  const within = (part: string) =>
    plan.blocks.filter(({ row }) => row.area.startsWith(part) && row.area !== area);
  return (
    <div className="plan-areas" ref={atFirstHour}>
      <div className="plan-arearow plan-areahead" aria-hidden>
        <span className="plan-arealabel" />
        <span className="plan-track" style={{ width: 24 * HOUR_PX }}>
          {HOURS.map((hour) => (
            <span key={hour} className="plan-hourmark" style={{ left: hour * HOUR_PX }}>
              {clock(hour * 60)}
            </span>
          ))}
        </span>
      </div>
      {above.map((each) => (
        <NamedRow
          key={each}
          of={each}
          blocks={plan.blocks.filter(({ row }) => row.area === each)}
          plan={plan}
          onArea={onArea}
          {...drawn}
        />
      ))}
      {parts === undefined && <Skeleton height={LINE_PX * 4} />}
      {parts?.map((part) => (
        <AreaRow
          key={part.area}
          of={part.area}
          name={part.name}
          blocks={within(part.area)}
          plan={plan}
          onArea={onArea}
          {...drawn}
        />
      ))}
    </div>
  );
}

/** One step down, by the list of villages and by the halls that stand there; undefined = not known yet. */
function useParts(area: string): { area: string; name: string }[] | undefined {
  const language = useLanguage();
  const hasParts = area !== 'th' && area.length < 8;
  const { data: listed } = useListedAreas(area, hasParts);
  const { data: halls } = useOverview(area, hasParts);
  if (!hasParts) return [];
  if (listed === undefined || halls === undefined) return undefined;
  const names = new Map(listed.parts.map((part) => [part.area, part[language]]));
  for (const part of halls.parts) names.set(part.area, partName(part, language));
  return [...names].map(([each, name]) => ({ area: each, name })).sort((a, b) => (a.area < b.area ? -1 : 1));
}

type RowProps = Props & { of: string; blocks: Block[] };

function NamedRow(props: RowProps) {
  return <AreaRow name={useListedName(props.of)} {...props} />;
}

function AreaRow({ of, name, blocks, plan, onArea, onPointOf, ...drawn }: RowProps & { name: string }) {
  const { laned, more } = inLanes(blocks, LEAST_MINUTES, LANES);
  const lanes = Math.max(1, ...laned.map((each) => each.lanes));
  const px = (minutes: number) => (minutes / 60) * HOUR_PX;
  return (
    <div className="plan-arearow" data-own={of === drawn.area || undefined}>
      <button type="button" className="plan-arealabel" onClick={() => onArea(of)}>
        {name}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to click; the same is done by a button above the calendar */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div
        className="plan-track"
        style={{ width: 24 * HOUR_PX, height: lanes * LINE_PX + 6, backgroundSize: `${HOUR_PX}px 100%` }}
        onClick={({ clientX, currentTarget }) => {
          const minute =
            Math.floor(((clientX - currentTarget.getBoundingClientRect().left) / HOUR_PX) * 4) * 15;
          onPointOf(of, plan.day, Math.min(1_425, Math.max(0, minute)));
        }}
      >
        {drawn.quietOf(plan.day).map(({ from, until }) => (
          <span
            key={from}
            className="plan-quiet"
            style={{ left: px(from), width: px(until - from), top: 0, bottom: 0 }}
          />
        ))}
        {laned.map(({ item, lane }) => (
          <AreaBlock
            key={item.key}
            block={item}
            {...drawn}
            style={{
              left: px(item.from),
              width: Math.max(px(LEAST_MINUTES) - 2, px(item.until - item.from)),
              top: lane * LINE_PX + 3,
            }}
          />
        ))}
        {more.map(({ from, items }) => (
          <button
            key={from}
            type="button"
            className="plan-more"
            style={{ left: px(from) }}
            onClick={() => onArea(of)}
          >
            +{items.length}
          </button>
        ))}
      </div>
    </div>
  );
}

function AreaBlock({ block, style, ...drawn }: Drawn & { block: Block; style: React.CSSProperties }) {
  const whose = whoseIs(block.row, drawn.area);
  const isTroubled = drawn.isTroubled(block);
  const name = useBlockName(block, whose, isTroubled);
  return (
    <button
      type="button"
      className="plan-block plan-line"
      data-band={block.row.band}
      data-whose={whose}
      style={style}
      aria-label={name}
      title={name}
      onClick={(event) => {
        event.stopPropagation();
        drawn.onOpen(block);
      }}
    >
      <BlockFace block={block} whose={whose} isTroubled={isTroubled} />
    </button>
  );
}
