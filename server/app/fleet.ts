import type { Places } from '../areas/places.ts';
import { StandingJournal } from '../areas/standing-journal.ts';
import { HallFinder } from '../fleet/hall-finder.ts';
import { Registry } from '../fleet/registry.ts';
import { RollUp } from '../fleet/roll-up.ts';
import { othersFirst } from '../others-first.ts';
import type { Clock } from '../ports.ts';
import type { Database } from '../tables.ts';

/** The halls as people see them: one by one, counted, found and listed, and how each has fared. */
export function fleetRooms({ db, places, clock }: { db: Database; places: Places; clock: Clock }) {
  const rollUp = new RollUp(db.devices);
  return {
    fleet: new Registry(db),
    rollUp,
    finder: new HallFinder({ rollUp, places, clock, othersFirst }),
    journal: new StandingJournal({ db, clock }),
  };
}
