import { Button, Group, Skeleton, Text, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconEar, IconPlus, IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { contains } from '../../../firmware-protocol/content/area.ts';
import { useRight, useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useWords } from '../words/language.ts';
import { AreaGrid } from './area-grid.tsx';
import { type Block, timeOf } from './blocks.ts';
import { minuteAt, todayAt } from './days.ts';
import { DraftBar } from './draft-bar.tsx';
import type { Drawn } from './drawn.ts';
import { type Dropped, droppedIn, startOf } from './dropped.ts';
import { newEntry } from './entry-form.ts';
import { Legend } from './legend.tsx';
import { MonthGrid } from './month-grid.tsx';
import { MoveDialog } from './move-dialog.tsx';
import type { Opened } from './opened.ts';
import { OpenedDrawer } from './opened-drawer.tsx';
import { freeId, type Plan } from './plan-edit.ts';
import { type Point, PointMenu } from './point-menu.tsx';
import { quietOn } from './quiet-spans.ts';
import { repeatsOf } from './repeats.ts';
import type { ScheduleAddress } from './schedule-address.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import { TimeGrid } from './time-grid.tsx';
import type { Drag } from './use-drag.ts';
import { usePlan } from './use-plan.ts';
import { useScheduleData } from './use-schedule-data.ts';

interface Props {
  address: ScheduleAddress;
  /** Epoch ms. */
  now: number;
  onGo: (part: Partial<ScheduleAddress>) => void;
}

/** The plan itself, and all that is done to it. */
export function SchedulePlan({ address, now, onGo }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  const { area, view, day } = address;
  const { areas } = useSession();
  const isOurs = areas.some((own) => contains(own, area));
  // Of what lies above one's own areas the published plan can be read.
  const shown: ScheduleAddress = { ...address, which: isOurs ? address.which : 'published' };
  const canEdit = useRight('speak') && isOurs && shown.which === 'draft';
  const plan = usePlan(area, isOurs);
  const { data, days, error } = useScheduleData(shown);
  const [opened, setOpened] = useState<Opened>();
  const [point, setPoint] = useState<Point>();
  const [asked, setAsked] = useState<Dropped>();
  const [failed, setFailed] = useState<unknown>();
  const today = { day: todayAt(now), minute: minuteAt(now) };

  const change = async (next: Plan) => {
    await plan.change(next);
    notifications.show({ color: 'green', message: say('kept') });
  };
  const changeHere = (next: Plan | undefined) => {
    setAsked(undefined);
    setFailed(undefined);
    if (next !== undefined) change(next).catch(setFailed);
  };
  const drop = (drag: Drag) => {
    const dropped = plan.draft && droppedIn(plan.draft, drag);
    if (dropped === undefined) return;
    if (isPast(drag, today)) notifications.show({ color: 'yellow', message: say('past') });
    else if (drag.how === 'move' && dropped.entry.rule !== undefined) setAsked(dropped);
    else changeHere(dropped.once);
  };
  const add = (at: Pick<Point, 'day' | 'minute'>) => {
    const id = freeId(plan.draft ?? { entries: [], slots: [] }, `e${now.toString(36)}`);
    setOpened({ what: 'entry', isNew: true, entry: newEntry(id, localStart(at)) });
  };
  const addSlot = (at: Pick<Point, 'day' | 'minute'>) => {
    const id = freeId(plan.draft ?? { entries: [], slots: [] }, `s${now.toString(36)}`);
    const slot = { id, starts: localStart(at), rule: 'FREQ=DAILY', minutes: 10, level: 'village' } as const;
    setOpened({ what: 'slot', isNew: true, slot });
  };
  const open = (block: Block) => {
    const own = canEdit && block.row.area === area ? entryOf(plan.draft, block.row.entry) : undefined;
    const start = startOf(block);
    setOpened(
      own ? { what: 'entry', entry: own, isNew: false, start } : { what: 'foreign', row: block.row, start },
    );
  };
  const troubled = useMemo(() => {
    const conflicts = plan.draft?.check.conflicts ?? [];
    return new Set(conflicts.flatMap(({ entry, against }) => [entry, against ?? '']));
  }, [plan.draft]);
  const isNext = ({ day: on, from }: Block) => on > today.day || (on === today.day && from > today.minute);
  const ownEntry = (block: Block) =>
    canEdit && block.row.area === area && isNext(block) ? entryOf(plan.draft, block.row.entry) : undefined;
  const drawn: Drawn = {
    area,
    now: today,
    draft: plan.draft,
    quietOf: (on) => quietOn(data?.quiet[0]?.windows ?? [], on),
    isTroubled: ({ row }) => shown.which === 'draft' && troubled.has(`${row.area}/${row.entry}`),
    canMove: (block) => ownEntry(block) !== undefined,
    canStretch: (block) => {
      const entry = ownEntry(block);
      return entry !== undefined && repeatsOf(entry) !== undefined;
    },
    canEditSlots: canEdit,
    onDrop: drop,
    onOpen: open,
    onOpenRow: (row, on) =>
      open({
        key: `${row.area}/${row.entry}/${on}T${row.on[0]?.first ?? '00:00:00'}`,
        row,
        day: on,
        from: 0,
        until: 0,
      }),
    onOpenSlot: ({ slot: { id } }) => {
      const slot = plan.draft?.slots.find((each) => each.id === id);
      if (slot !== undefined) setOpened({ what: 'slot', slot, isNew: false });
    },
  };
  const soon = soonAt(day, today);
  const toDay = (on: string) => onGo({ view: 'day', day: on });
  return (
    <>
      {plan.draft && (
        <DraftBar
          area={area}
          draft={plan.draft}
          onAct={(act) => setOpened({ what: act })}
          onDiscard={() => plan.discard().catch(setFailed)}
          onGo={({ first }) => onGo({ view: 'day', day: first.slice(0, 10), which: 'draft' })}
        />
      )}
      <Group gap="xs">
        {canEdit && (
          <>
            <Button
              variant="light"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => add(soon)}
            >
              {say('add')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconUsers size={16} aria-hidden />}
              onClick={() => addSlot(soon)}
            >
              {say('addSlot')}
            </Button>
          </>
        )}
        <Button
          variant="default"
          leftSection={<IconEar size={16} aria-hidden />}
          onClick={() => setOpened({ what: 'hearing', area, ...soon })}
        >
          {say('explain')}
        </Button>
        {plan.undo && (
          <Button
            variant="subtle"
            loading={plan.isSaving}
            onClick={() => void plan.undo?.().catch(setFailed)}
          >
            {say('undo')}
          </Button>
        )}
      </Group>
      <FailureNote error={failed ?? error ?? plan.error} />
      <VisuallyHidden id="plan-grab">{say('grab')}</VisuallyHidden>
      {days === undefined || data === undefined ? (
        error === null && <Skeleton height="60vh" />
      ) : (
        <>
          {view === 'month' ? (
            <MonthGrid days={days} day={day} onDay={toDay} {...drawn} />
          ) : view === 'areas' ? (
            days[0] && (
              <AreaGrid
                plan={days[0]}
                {...drawn}
                onArea={(chosen) => onGo({ area: chosen })}
                onPointOf={(of, on, minute) => setOpened({ what: 'hearing', area: of, day: on, minute })}
              />
            )
          ) : (
            <TimeGrid
              view={view}
              days={days}
              onDay={toDay}
              onPoint={(on, minute, place) => setPoint({ day: on, minute, ...place })}
              {...drawn}
            />
          )}
          {data.rows.length === 0 && (
            <Text c="dimmed" ta="center">
              {say('nothing')} {canEdit && say('nothingHow')}
            </Text>
          )}
          <Legend data={data} />
        </>
      )}
      <PointMenu
        point={point}
        canEdit={canEdit}
        onAdd={add}
        onAddSlot={addSlot}
        onExplain={({ day: on, minute }) => setOpened({ what: 'hearing', area, day: on, minute })}
        onClose={() => setPoint(undefined)}
      />
      {asked && <MoveDialog dropped={asked} onChoose={changeHere} />}
      <OpenedDrawer
        {...{ area, opened }}
        today={today.day}
        plan={plan.draft}
        onChange={change}
        onOpen={setOpened}
        onArea={(chosen) => onGo({ area: chosen })}
      />
    </>
  );
}

const localStart = ({ day, minute }: Pick<Point, 'day' | 'minute'>): string => `${day}T${timeOf(minute)}:00`;

const entryOf = (plan: Plan | undefined, id: string) => plan?.entries.find((entry) => entry.id === id);

function isPast({ day, from }: Drag, now: { day: string; minute: number }): boolean {
  return day < now.day || (day === now.day && from <= now.minute);
}

/** What a new entry begins with: the next half hour of today, or the morning of another day. */
function soonAt(day: string, now: { day: string; minute: number }): { day: string; minute: number } {
  if (day > now.day) return { day, minute: 6 * 60 + 30 };
  const next = Math.ceil((now.minute + 15) / 30) * 30;
  return { day: now.day, minute: Math.min(next, 23 * 60 + 30) };
}
