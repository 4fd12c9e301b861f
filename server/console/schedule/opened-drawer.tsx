import { EntryDrawer } from './entry/entry-drawer.tsx';
import { SlotDrawer } from './entry/slot-drawer.tsx';
import { minutesOf } from './grid/blocks.ts';
import { CalendarDrawer } from './hearing/calendar-drawer.tsx';
import { ForeignDrawer } from './hearing/foreign-drawer.tsx';
import { HearingDrawer } from './hearing/hearing-drawer.tsx';
import type { Opened } from './opened.ts';
import { type Plan, skipped, withEntry, without, withSlot } from './plan-edit.ts';
import { DeliveryDrawer } from './publish/delivery-drawer.tsx';
import { IcalDrawer } from './publish/ical-drawer.tsx';
import { PublishDialog } from './publish/publish-dialog.tsx';
import { VersionsDrawer } from './publish/versions-drawer.tsx';

interface Props {
  area: string;
  today: string;
  opened: Opened | undefined;
  plan: Plan | undefined;
  /** Rejects what the server refused. */
  onChange: (plan: Plan) => Promise<void>;
  onOpen: (opened: Opened | undefined) => void;
  onArea: (area: string) => void;
}

/** What stands open beside the calendar. */
export function OpenedDrawer({ area, today, opened, plan, onChange, onOpen, onArea }: Props) {
  const onClose = () => onOpen(undefined);
  const change = async (edit: (plan: Plan) => Plan) => {
    if (plan !== undefined) await onChange(edit(plan));
  };
  switch (opened?.what) {
    case undefined:
      return null;
    case 'entry':
      return (
        <EntryDrawer
          {...{ area, onClose }}
          entry={opened.entry}
          isNew={opened.isNew}
          {...(opened.start !== undefined && { start: opened.start })}
          onSave={(entry) => change((before) => withEntry(before, entry))}
          onRemove={() => change((before) => without(before, 'entries', opened.entry.id))}
          onSkip={(start) => change((before) => withEntry(before, skipped(opened.entry, start)))}
        />
      );
    case 'slot':
      return (
        <SlotDrawer
          {...{ onClose }}
          slot={opened.slot}
          isNew={opened.isNew}
          onSave={(slot) => change((before) => withSlot(before, slot))}
          onRemove={() => change((before) => without(before, 'slots', opened.slot.id))}
        />
      );
    case 'foreign': {
      const { row, start } = opened;
      const minute = Math.floor(minutesOf(start.slice(11)));
      return (
        <ForeignDrawer
          {...{ area, row, start, onClose }}
          onExplain={() => onOpen({ what: 'hearing', area, day: start.slice(0, 10), minute })}
          {...(row.area !== area && { onArea: () => onArea(row.area) })}
        />
      );
    }
    case 'hearing':
      return (
        <HearingDrawer key={`${opened.area} ${opened.day} ${opened.minute}`} {...opened} onClose={onClose} />
      );
    case 'publish':
      return <PublishDialog {...{ area, onClose }} />;
    case 'roll-back':
      return <PublishDialog {...{ area, onClose }} version={opened.version} />;
    case 'versions':
      return (
        <VersionsDrawer
          {...{ area, onClose }}
          onRollBack={(version) => onOpen({ what: 'roll-back', version })}
        />
      );
    case 'delivery':
      return <DeliveryDrawer {...{ area, onClose }} />;
    case 'ical':
      return <IcalDrawer {...{ area, onClose }} />;
    case 'calendars':
      return <CalendarDrawer {...{ area, today, onClose }} />;
  }
}
