import type { DraftAct } from './draft-bar.tsx';
import type { PlannedRow } from './grid/blocks.ts';
import type { Entry, Slot } from './plan-edit.ts';

/** What stands open beside the calendar. A start is a local time, `2026-11-30T06:30:00`. */
export type Opened =
  | { what: 'entry'; entry: Entry; isNew: boolean; start?: string }
  | { what: 'slot'; slot: Slot; isNew: boolean }
  | { what: 'foreign'; row: PlannedRow; start: string }
  | { what: 'hearing'; area: string; day: string; minute: number }
  | { what: 'roll-back'; version: number }
  | { what: DraftAct };
