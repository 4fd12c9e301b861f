import {
  IconAlertTriangle,
  IconBuildingMonument,
  IconDeviceTv,
  IconLock,
  IconPencil,
  IconSpeakerphone,
} from '@tabler/icons-react';
import { contains } from '../../../../firmware-protocol/content/area.ts';
import { useListedName } from '../../areas/use-listed-area.ts';
import { lengthWords } from '../../time/thai-time.ts';
import { useWords } from '../../words/language.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import { type Block, lengthMs, type PlannedRow } from './blocks.ts';
import { useClock } from './use-clock.ts';

export type Whose = 'own' | 'above' | 'below';

export function whoseIs(row: Pick<PlannedRow, 'area'>, area: string): Whose {
  if (row.area === area) return 'own';
  return contains(row.area, area) ? 'above' : 'below';
}

/** Time, title and marks of a block; all of it is in its name too (`useBlockName`). */
export function BlockFace({ block, whose, isTroubled }: { block: Block; whose: Whose; isTroubled: boolean }) {
  const clock = useClock();
  const { row, from } = block;
  return (
    <span className="plan-face" aria-hidden>
      {isTroubled && <IconAlertTriangle size={14} className="plan-trouble" />}
      {whose === 'above' && <IconLock size={12} />}
      {row.draft && <IconPencil size={12} />}
      {row.band === 80 && <IconBuildingMonument size={13} />}
      {row.outputs.includes('tower') && <IconSpeakerphone size={13} />}
      {row.outputs.includes('panel') && <IconDeviceTv size={13} />}
      <span className="plan-time">{`${clock(from)} `}</span>
      <span className="plan-title">{row.title}</span>
    </span>
  );
}

/** What a screen reader says of a block. */
export function useBlockName(block: Block, whose: Whose, isTroubled: boolean): string {
  const say = useWords(SCHEDULE_WORDS);
  const areaName = useListedName(block.row.area);
  const clock = useClock();
  const { row, from } = block;
  return [
    `${clock(from)} ${row.title}`,
    ...row.outputs.map((output) => say(output)),
    lengthWords(lengthMs(row)),
    row.band === 80 ? say('ceremony') : row.band === 20 ? say('filler') : undefined,
    whose === 'own' ? undefined : say('fromAbove', { area: areaName }),
    row.draft ? say('unpublished') : undefined,
    isTroubled ? say('conflict') : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
