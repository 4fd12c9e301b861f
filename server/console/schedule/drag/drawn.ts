import type { Block, PlannedRow, SlotBlock } from '../grid/blocks.ts';
import type { Plan } from '../plan-edit.ts';
import type { Drag } from './use-drag.ts';

/** What every view of the calendar is given to draw, and where it tells what a person did. */
export interface Drawn {
  area: string;
  now: { day: string; minute: number };
  quietOf: (day: string) => { from: number; until: number }[];
  isTroubled: (block: Block) => boolean;
  canMove: (block: Block) => boolean;
  canStretch: (block: Block) => boolean;
  /** Only of the area's own slots. */
  canEditSlots: boolean;
  /** What is being dragged in; undefined = nothing can be. */
  draft: Plan | undefined;
  onDrop: (drag: Drag) => void;
  onOpen: (block: Block) => void;
  onOpenRow: (row: PlannedRow, day: string) => void;
  onOpenSlot: (slot: SlotBlock) => void;
}
