import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useWords } from '../words/language.ts';
import type { Drawn } from './drag/drawn.ts';
import { type Dropped, droppedIn, startOf } from './drag/dropped.ts';
import type { Drag } from './drag/use-drag.ts';
import { newEntry } from './entry/entry-form.ts';
import { type Block, type PlannedRow, type SlotBlock, timeOf } from './grid/blocks.ts';
import type { Opened } from './opened.ts';
import { freeId, type Plan } from './plan-edit.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import type { usePlan } from './use-plan.ts';

/** A place of the calendar: a day, and minutes since midnight. */
export interface Place {
  day: string;
  minute: number;
}

interface Options {
  area: string;
  plan: ReturnType<typeof usePlan>;
  canEdit: boolean;
  today: Drawn['now'];
  /** Epoch ms: ids of what is new are made of it. */
  now: number;
}

const NOTHING: Plan = { entries: [], slots: [] };

/** What a person does to the plan: moves and pulls, begins and opens; kept in the draft, and told. */
export function useEditing({ area, plan, canEdit, today, now }: Options) {
  const say = useWords(SCHEDULE_WORDS);
  const [opened, setOpened] = useState<Opened>();
  /** Of a series that was moved: this time alone, or all of it. */
  const [asked, setAsked] = useState<Dropped>();
  const [failed, setFailed] = useState<unknown>();
  const { draft } = plan;

  const change = async (next: Plan) => {
    await plan.change(next);
    notifications.show({ color: 'green', message: say('kept') });
  };
  const changeHere = (next: Plan | undefined) => {
    setAsked(undefined);
    setFailed(undefined);
    if (next !== undefined) change(next).catch(setFailed);
  };
  const entryOf = (block: Pick<Block, 'row'>) =>
    canEdit && block.row.area === area ? draft?.entries.find(({ id }) => id === block.row.entry) : undefined;
  const open = (row: PlannedRow, start: string) => {
    const entry = entryOf({ row });
    setOpened(entry ? { what: 'entry', entry, isNew: false, start } : { what: 'foreign', row, start });
  };
  return {
    ...{ opened, setOpened, asked, failed, setFailed, change, changeHere, entryOf },
    onDrop(drag: Drag) {
      const dropped = draft && droppedIn(draft, drag);
      if (dropped === undefined) return;
      if (isPast(drag, today)) notifications.show({ color: 'yellow', message: say('past') });
      else if (drag.how === 'move' && dropped.entry.rule !== undefined) setAsked(dropped);
      else changeHere(dropped.once);
    },
    onOpen: (block: Block) => open(block.row, startOf(block)),
    onOpenRow: (row: PlannedRow, day: string) => open(row, `${day}T${row.on[0]?.first ?? '00:00:00'}`),
    onOpenSlot({ slot: { id } }: SlotBlock) {
      const slot = draft?.slots.find((each) => each.id === id);
      if (slot !== undefined) setOpened({ what: 'slot', slot, isNew: false });
    },
    add(place: Place) {
      const id = freeId(draft ?? NOTHING, `e${now.toString(36)}`);
      setOpened({ what: 'entry', isNew: true, entry: newEntry(id, localStart(place)) });
    },
    addSlot(place: Place) {
      const id = freeId(draft ?? NOTHING, `s${now.toString(36)}`);
      const slot = {
        id,
        starts: localStart(place),
        rule: 'FREQ=DAILY',
        minutes: 10,
        level: 'village',
      } as const;
      setOpened({ what: 'slot', isNew: true, slot });
    },
    explain: (place: Place, where = area) => setOpened({ what: 'hearing', area: where, ...place }),
  };
}

const localStart = ({ day, minute }: Place): string => `${day}T${timeOf(minute)}:00`;

function isPast({ day, from }: Drag, now: Drawn['now']): boolean {
  return day < now.day || (day === now.day && from <= now.minute);
}

/** What a new entry begins with: the next half hour of today, or the morning of another day. */
export function soonAt(day: string, now: Drawn['now']): Place {
  if (day > now.day) return { day, minute: 6 * 60 + 30 };
  const next = Math.ceil((now.minute + 15) / 30) * 30;
  return { day: now.day, minute: Math.min(next, 23 * 60 + 30) };
}
