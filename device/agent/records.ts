import { WarningRecord } from '../health/warning-record.ts';
import { Warnings } from '../health/warnings.ts';
import type { Refused } from '../keys/document.ts';
import { RecentEvents } from '../local/recent-events.ts';
import { StampingJournal } from '../reports/journal.ts';
import { Refusals } from '../reports/refusals.ts';
import type { BootParts } from './parts.ts';
import { troubleshooter, WatchedJournal } from './trouble.ts';

/** How this boot writes down what it does, refuses and suffers from. */
export interface Records {
  journal: WatchedJournal;
  warnings: Warnings;
  /** What is warned of, over restarts. */
  warningRecord: WarningRecord;
  refusals: Refusals;
  recent: RecentEvents;
  refuse: (refused: Refused) => void;
  /** An error that its place could do nothing about: logged, and warned of where it has a number. */
  failed: (error: unknown) => void;
}

/** `recorded` is called after each durable record. */
export function createRecords(parts: BootParts, recorded: () => void): Records {
  const { store, clock, boot, log } = parts;
  const recent = new RecentEvents(clock);
  const stamping = new StampingJournal({
    store,
    clock,
    trust: () => clock.trust(),
    boot: boot.number,
    recorded: (events) => {
      recent.add(events);
      recorded();
    },
  });
  // A warning that cannot be stored is in the state message and in the log all the same.
  const warnings = new Warnings((change) => warningRecord.changed(change));
  const failed = troubleshooter(warnings, log);
  const journal = new WatchedJournal(stamping, warnings, failed);
  const warningRecord = new WarningRecord({ journal, store, clock, warnings });
  const refusals = new Refusals({ journal, clock, log });
  const refuse = ({ what, refused, detail, via }: Refused) =>
    void refusals.refuse(what, refused, detail, via);
  return { journal, warnings, warningRecord, refusals, recent, refuse, failed };
}
