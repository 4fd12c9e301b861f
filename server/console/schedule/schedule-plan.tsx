import { Skeleton, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { contains } from '../../../firmware-protocol/content/area.ts';
import { useRight, useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useWords } from '../words/language.ts';
import { minuteAt, todayAt } from './days.ts';
import { DraftBar } from './draft-bar.tsx';
import type { Drawn } from './drag/drawn.ts';
import { MoveDialog } from './drag/move-dialog.tsx';
import type { Block } from './grid/blocks.ts';
import { CalendarView } from './grid/calendar-view.tsx';
import { quietOn } from './grid/quiet-spans.ts';
import { PlanActions } from './plan-actions.tsx';
import { type Point, PointMenu } from './point-menu.tsx';
import { repeatsOf } from './repeats.ts';
import type { ScheduleAddress } from './schedule-address.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import { soonAt, useEditing } from './use-editing.ts';
import { usePlan } from './use-plan.ts';
import { useScheduleData } from './use-schedule-data.ts';

/** Forms, recorder and dialogs: the calendar does not wait for them. */
const OpenedDrawer = lazy(async () => ({ default: (await import('./opened-drawer.tsx')).OpenedDrawer }));

interface Props {
  address: ScheduleAddress;
  /** Epoch ms. */
  now: number;
  onGo: (part: Partial<ScheduleAddress>) => void;
}

/** The plan itself, and all that is done to it. */
export function SchedulePlan({ address, now, onGo }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  const { area, day } = address;
  const { areas } = useSession();
  const isOurs = areas.some((own) => contains(own, area));
  // Of what lies above one's own areas the published plan can be read.
  const shown: ScheduleAddress = { ...address, which: isOurs ? address.which : 'published' };
  const canEdit = useRight('speak') && isOurs && shown.which === 'draft';
  const plan = usePlan(area, isOurs);
  const { data, days, error } = useScheduleData(shown);
  const today = { day: todayAt(now), minute: minuteAt(now) };
  const editing = useEditing({ area, plan, canEdit, today, now });
  const [point, setPoint] = useState<Point>();
  const troubled = useMemo(
    () => new Set(plan.draft?.check.conflicts.flatMap(({ entry, against }) => [entry, against ?? ''])),
    [plan.draft],
  );
  /** What is past has been heard. */
  const movable = (block: Block) => {
    const isNext = block.day > today.day || (block.day === today.day && block.from > today.minute);
    return isNext ? editing.entryOf(block) : undefined;
  };
  const { onDrop, onOpen, onOpenRow, onOpenSlot } = editing;
  const drawn: Drawn = {
    ...{ area, onDrop, onOpen, onOpenRow, onOpenSlot },
    now: today,
    draft: plan.draft,
    quietOf: (on) => quietOn(data?.quiet[0]?.windows ?? [], on),
    isTroubled: ({ row }) => shown.which === 'draft' && troubled.has(`${row.area}/${row.entry}`),
    canMove: (block) => movable(block) !== undefined,
    canStretch: (block) => {
      const entry = movable(block);
      return entry !== undefined && repeatsOf(entry) !== undefined;
    },
    canEditSlots: canEdit,
  };
  const soon = soonAt(day, today);
  return (
    <>
      {plan.draft && (
        <DraftBar
          area={area}
          draft={plan.draft}
          onAct={(act) => editing.setOpened({ what: act })}
          onDiscard={() => plan.discard().catch(editing.setFailed)}
          onGo={({ first }) => onGo({ view: 'day', day: first.slice(0, 10), which: 'draft' })}
        />
      )}
      <PlanActions
        canEdit={canEdit}
        onAdd={() => editing.add(soon)}
        onAddSlot={() => editing.addSlot(soon)}
        onExplain={() => editing.explain(soon)}
        onUndo={plan.undo && (() => void plan.undo?.().catch(editing.setFailed))}
      />
      <FailureNote error={editing.failed ?? error ?? plan.error} />
      <VisuallyHidden id="plan-grab">{say('grab')}</VisuallyHidden>
      {days === undefined || data === undefined ? (
        error === null && <Skeleton height="60vh" />
      ) : (
        <CalendarView
          {...{ address, data, days, drawn, canEdit, onGo }}
          onPoint={(on, minute, place) => setPoint({ day: on, minute, ...place })}
          onPointOf={(of, on, minute) => editing.explain({ day: on, minute }, of)}
        />
      )}
      <PointMenu
        {...{ area, point, canEdit }}
        onAdd={editing.add}
        onAddSlot={editing.addSlot}
        onExplain={({ day: on, minute }) => editing.explain({ day: on, minute })}
        onClose={() => setPoint(undefined)}
      />
      {editing.asked && <MoveDialog dropped={editing.asked} onChoose={editing.changeHere} />}
      <Suspense>
        <OpenedDrawer
          {...{ area }}
          today={today.day}
          opened={editing.opened}
          plan={plan.draft}
          onChange={editing.change}
          onOpen={editing.setOpened}
          onArea={(chosen) => onGo({ area: chosen })}
        />
      </Suspense>
    </>
  );
}
