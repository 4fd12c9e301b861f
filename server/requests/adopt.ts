import { entriesOf } from '../../firmware-protocol/content/programme.ts';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import type { AdoptRequest, IcalMapping } from '../../firmware-protocol/mqtt/ical-requests.ts';
import { PlannedEntry, type Slot } from '../../firmware-protocol/mqtt/programme-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { isServerError, ServerError } from '../errors.ts';
import { faultsOf } from '../faults/zod-faults.ts';
import type { OperatorIdentity } from '../ports.ts';
import { readComponents } from '../programme/ical/components.ts';
import type { Mapping, Mappings } from '../programme/ical/mapped-event.ts';
import { type ReadPlan, readPlan } from '../programme/ical/read-plan.ts';
import { mediaOf } from './media-of.ts';
import { draft } from './programme-plan.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

const FAULTS_TOLD = 200;
const Plan = entriesOf(PlannedEntry);

/** A file of calendar events into the draft of an area: all of it, or nothing and every reason why. */
export async function adopt(
  asker: OperatorIdentity,
  request: AdoptRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'adopt'>> {
  const { area, replace, dry_run } = request;
  await refuseTarget(asker, area, 'area', needs);
  const mappings = await mappingsOf(request, needs);
  const read = readFile(bytesOf(request), mappings, needs);
  refuseFaults(read.faults);
  const { db, plans } = needs.province;
  const known = await db.drafts.get(area);
  const before = replace ? { entries: [], slots: [] } : (known ?? (await plans.published(area))).source;
  const merged = {
    entries: mergedById(
      before.entries,
      read.entries.map(({ entry }) => entry),
    ),
    slots: mergedById<Slot>(before.slots, read.slots),
  };
  const whole = Plan.safeParse(merged.entries);
  if (!whole.success) refuseFaults(faultsOf(whole.error, merged.entries));
  const written = await withPlaces(read, merged.entries, () =>
    draft(asker, { area, ...merged, discard: false, look_only: dry_run }, needs),
  );
  return {
    ...written,
    done: !dry_run,
    events: read.events,
    ours: read.ours,
    mapped: read.mapped,
    left_out: read.leftOut,
  };
}

function bytesOf({ ics = '', ics_base64 }: AdoptRequest): Uint8Array {
  return ics_base64 === undefined ? Buffer.from(ics) : Buffer.from(ics_base64, 'base64');
}

function readFile(bytes: Uint8Array, mappings: Mappings, { province, clock }: RequestNeeds): ReadPlan {
  const { calendars, faults } = readComponents(bytes, province.readIcalLine);
  const plan = readPlan(calendars, mappings, clock.wall());
  return { ...plan, faults: [...faults, ...plan.faults] };
}

async function mappingsOf({ as, categories = {} }: AdoptRequest, needs: RequestNeeds): Promise<Mappings> {
  const known = async (mapping: IcalMapping, path: string): Promise<Mapping> => {
    const wanted = (mapping.media ?? []).map((sha256, at) => ({ sha256, path: `${path}.media[${at}]` }));
    return { ...mapping, media: await mediaOf(wanted, needs.media) };
  };
  const named = Object.entries(categories).map(
    async ([name, each]) => [name.trim().toLowerCase(), await known(each, `categories.${name}`)] as const,
  );
  return { as: as && (await known(as, 'as')), categories: new Map(await Promise.all(named)) };
}

/** What was brought before keeps its place. */
function mergedById<T extends { id: string }>(before: T[], added: T[]): T[] {
  return [...new Map([...before, ...added].map((each) => [each.id, each])).values()];
}

/** Faults of entries, said of the lines that they came from. */
async function withPlaces<T>(
  { entries }: ReadPlan,
  merged: PlannedEntry[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isServerError(error)) throw error;
    const places = new Map(entries.map(({ entry: { id }, place }) => [id, place]));
    const faults = error.faults.map((fault) => {
      const [, at, rest = ''] = /^entries\[(\d+)\]\.?(.*)$/.exec(fault.path) ?? [];
      const place = at === undefined ? undefined : places.get(merged[Number(at)]?.id ?? '');
      return place === undefined ? fault : { ...fault, path: `${place}, ${rest}` };
    });
    throw new ServerError(error.code, { context: error.context, faults, cause: error });
  }
}

function refuseFaults(faults: Fault[]): void {
  if (faults.length === 0) return;
  throw new ServerError('ical-invalid', {
    context: { count: faults.length },
    faults: faults.slice(0, FAULTS_TOLD),
  });
}
