import { contains } from '../../firmware-protocol/content/area.ts';
import { thaiDayOf } from '../../firmware-protocol/content/site-laws.ts';
import type { CalendarRequest } from '../../firmware-protocol/mqtt/programme-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { readCalendar } from '../calendar/calendar-csv.ts';
import { COMPUTED, dateText, daysOfCalendar } from '../calendar/calendar-days.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

/** A year from today, where nothing else is asked. */
const DAYS_AHEAD = 366;
/** More than a message holds. */
const DAYS_TOLD = 2_000;
const FAULTS_TOLD = 200;

/** Reads the calendars, or the days of one; imports a table of days, or takes it away; what was planned by it is published anew. */
export async function calendar(
  asker: OperatorIdentity,
  request: CalendarRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'calendar'>> {
  const { area, name, csv, csv_base64, remove } = request;
  const { db } = needs.province;
  if (name === undefined) return { calendars: await calendarsOf(needs), days: [], published: [] };
  const bytes = csv_base64 === undefined ? csv && Buffer.from(csv) : Buffer.from(csv_base64, 'base64');
  const changes = remove || bytes !== undefined;
  if (changes) await refuseTarget(asker, area, 'area', needs);
  if (bytes !== undefined && bytes !== '') {
    const { spans, faults } = readCalendar(bytes);
    if (faults.length > 0)
      throw new ServerError('places-invalid', {
        context: { count: faults.length },
        faults: faults.slice(0, FAULTS_TOLD),
      });
    await db.calendars.put({ area, name, spans, by: asker.user, changedAt: needs.clock.wall() });
  }
  if (remove) await db.calendars.drop(area, name);
  const today = thaiDayOf(needs.clock.wall());
  const from = request.from === undefined ? today : Date.parse(request.from) / 86_400_000;
  const until = request.until === undefined ? from + DAYS_AHEAD : Date.parse(request.until) / 86_400_000 + 1;
  const days = await daysOfCalendar(db.calendars, area, name, from, until);
  if (days === undefined && !remove) {
    const context = { name };
    throw new ServerError('unknown-calendar', {
      context,
      faults: [domainFault('name', 'unknown-calendar', context)],
    });
  }
  return {
    calendars: (await calendarsOf(needs)).filter((each) => each.name === name),
    days: (days ?? []).slice(0, DAYS_TOLD).map(({ day, title }) => ({ day: dateText(day), title })),
    published: changes ? await publishedAnew(area, name, needs) : [],
  };
}

async function calendarsOf({ province }: RequestNeeds): Promise<AnswerTo<'calendar'>['calendars']> {
  const imported = await province.db.calendars.all();
  return [
    ...Object.keys(COMPUTED).map((name) => ({ name, area: 'th', computed: true, spans: 0 })),
    ...imported.map(({ name, area, spans }) => ({ name, area, computed: false, spans: spans.length })),
  ];
}

/** Plans below `area` that name the calendar. */
async function publishedAnew(
  area: string,
  name: string,
  { programmes, province }: RequestNeeds,
): Promise<string[]> {
  const anew: string[] = [];
  for (const each of await programmes.within('th')) {
    if (!contains(area, each.area)) continue;
    const { source } = await province.plans.published(each.area);
    const named = source.entries.some(({ not_on = [], only_on = [] }) =>
      [...not_on, ...only_on].includes(name),
    );
    if (named && (await province.plans.refresh(each.area))) anew.push(each.area);
  }
  return anew;
}
