import { IconUsers } from '@tabler/icons-react';
import { levelOf } from '../../../../firmware-protocol/content/area.ts';
import { useListedName } from '../../areas/use-listed-area.ts';
import { useWords } from '../../words/language.ts';
import type { Drawn } from '../drag/drawn.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import type { SlotBlock } from './blocks.ts';
import { useClock } from './use-clock.ts';

type Props = Pick<Drawn, 'area' | 'canEditSlots' | 'onOpenSlot'> & {
  slot: SlotBlock;
  top: number;
  height: number;
};

const PX = {
  /** The smallest that is still seen as a place. */
  least: 16,
  /** From here on its words find room inside, below what stands in it. */
  roomy: 44,
} as const;

/** Time that is left to those below, as a place behind the blocks: whose it is, who gave it, how much is used. One's own can be opened. */
export function SlotBand({ slot, top, height, area, canEditSlots, onOpenSlot }: Props) {
  const words = useSlotWords(slot, area);
  const clock = useClock();
  const name = [`${clock(slot.from)}–${clock(slot.until)} ${words[0]}`, ...words.slice(1)].join(', ');
  const { minutes } = slot.slot;
  const used = slot.use?.minutes ?? 0;
  const face = (
    <>
      <i className="plan-slot-used" style={{ height: `${Math.min(1, used / minutes) * 100}%` }} aria-hidden />
      <span className="plan-slot-words">
        <IconUsers size={12} aria-hidden /> {words.join(' · ')}
      </span>
    </>
  );
  const common = {
    className: 'plan-slot',
    style: { top, height: Math.max(height, PX.least) },
    title: name,
    'data-over': used > minutes || undefined,
    'data-roomy': height >= PX.roomy || undefined,
  };
  if (slot.slot.area !== area || !canEditSlots) return <span {...common}>{face}</span>;
  return (
    <button
      type="button"
      {...common}
      aria-label={name}
      onClick={(event) => {
        event.stopPropagation();
        onOpenSlot(slot);
      }}
    >
      {face}
    </button>
  );
}

/** Whose it is, from whom, and how much of it is used; to one of those for whom it is, of its own alone. */
function useSlotWords({ slot, use }: SlotBlock, area: string): string[] {
  const say = useWords(SCHEDULE_WORDS);
  const giver = useListedName(slot.area);
  const { level, minutes } = slot;
  const words = [
    say('slotOf', {
      level: level === 'district' ? say('district') : level === 'tambon' ? say('tambon') : say('village'),
    }),
  ];
  if (slot.area !== area) words.push(say('slotFrom', { area: giver }));
  if (use === undefined) return words;
  const counts = { used: use.minutes, minutes, count: use.areas };
  const said = levelOf(area) === level ? 'slotUsed' : use.areas === 0 ? 'slotUnused' : 'slotUsedBy';
  return [...words, say(said, counts)];
}
