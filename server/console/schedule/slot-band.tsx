import { IconUsers } from '@tabler/icons-react';
import { useWords } from '../words/language.ts';
import { type SlotBlock, timeOf } from './blocks.ts';
import type { Drawn } from './drawn.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';

type Props = Pick<Drawn, 'area' | 'canEditSlots' | 'onOpenSlot'> & {
  slot: SlotBlock;
  top: number;
  height: number;
};

/** Time that is left to those below, behind the blocks; one's own can be opened. */
export function SlotBand({ slot, top, height, area, canEditSlots, onOpenSlot }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  const { level } = slot.slot;
  const words = say('slotOf', {
    level: level === 'district' ? say('district') : level === 'tambon' ? say('tambon') : say('village'),
  });
  const name = `${timeOf(slot.from)}–${timeOf(slot.until)} ${words}`;
  const face = (
    <>
      <IconUsers size={12} aria-hidden /> {words}
    </>
  );
  if (slot.slot.area !== area || !canEditSlots)
    return (
      <span className="plan-slot" style={{ top, height: Math.max(height, 16) }} title={name}>
        {face}
      </span>
    );
  return (
    <button
      type="button"
      className="plan-slot"
      style={{ top, height: Math.max(height, 16) }}
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
