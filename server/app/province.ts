import type { Places } from '../areas/places.ts';
import { VillageRegister } from '../areas/village-register.ts';
import { readIcalLine } from '../drivers/ical.ts';
import type { Clock } from '../ports.ts';
import { PlanOffice } from '../programme/plan-office.ts';
import type { ProgrammeOffice } from '../programme/programme-office.ts';
import type { ProvinceRooms } from '../requests/request-row.ts';
import type { Database } from '../tables.ts';

/** What a province plans with, joined. */
export function provinceRooms(
  db: Database,
  places: Places,
  programmes: ProgrammeOffice,
  clock: Clock,
): ProvinceRooms & { plans: PlanOffice } {
  return {
    db,
    villages: new VillageRegister({ db, places, clock }),
    plans: new PlanOffice({ db, programmes, clock }),
    readIcalLine,
  };
}
