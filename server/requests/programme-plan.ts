import { contains } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type {
  DeliveryRequest,
  DraftRequest,
  PlannedEntry,
  PublishRequest,
  VersionsRequest,
} from '../../firmware-protocol/mqtt/programme-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { changeRows, type HeldProgramme, programmeHash } from '../approvals/held-programme.ts';
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { DraftRecord, WantedProgramme } from '../programme/plan-records.ts';
import { checkTold } from './check-told.ts';
import { withLibraryFacts } from './media-of.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

const VERSIONS_TOLD = 50;
const HALLS_TOLD = 1_500;

/** Reads, writes or throws away the draft of an area, and looks at it beside the others. */
export async function draft(
  asker: OperatorIdentity,
  { area, entries, slots, discard, look_only, over }: DraftRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'draft'>> {
  await refuseTarget(asker, area, 'area', needs);
  const { db, plans } = needs.province;
  const writes = !look_only && (entries !== undefined || slots !== undefined);
  if (writes || discard) refuseChanged(await db.drafts.get(area), over);
  if (discard) await db.drafts.drop(area);
  const known = await db.drafts.get(area);
  const published = await plans.published(area);
  const source = {
    entries: entries === undefined ? (known ?? published).source.entries : await withMedia(entries, needs),
    slots: slots ?? (known ?? published).source.slots,
  };
  // A draft that could not be published is not kept: its faults are told where they are typed.
  const { check } = await plans.prospect(area, source);
  const basedOn = known?.basedOn ?? published.version;
  const written = { area, basedOn, source, by: asker.user, changedAt: needs.clock.wall() };
  if (writes) await db.drafts.put(written);
  const stands = writes ? written : known;
  return {
    area,
    draft: stands !== undefined,
    based_on: basedOn,
    ...(stands !== undefined && { by: stands.by, changed_at: instantOf(stands.changedAt) }),
    ...source,
    check: await checkTold(check, needs),
  };
}

/** Two people may have the same plan open. */
function refuseChanged(known: DraftRecord | undefined, over: DraftRequest['over']): void {
  const isAsSeen =
    over === undefined ||
    (over === 'none' ? known === undefined : known !== undefined && epochMsOf(over) === known.changedAt);
  if (!isAsSeen) throw new ServerError('draft-changed', { context: { by: known?.by ?? '-' } });
}

/** Publishes the draft, or an earlier version again; what takes two waits for the second. Nothing stands between a look and what is published: both are made of the same plan. */
export async function publish(
  asker: Asker,
  request: PublishRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'publish'>> {
  const { area, accept } = request;
  await refuseTarget(asker, area, 'area', needs);
  const wanted = { ...(await wantedOf(request, needs)), accept, planned: true };
  const sha256 = programmeHash(wanted);
  if (request.sha256 !== undefined && request.sha256 !== sha256) throw new ServerError('content-differs');
  if (request.dry_run) {
    const prospect = await needs.province.plans.prospect(area, wanted.source);
    const { version, entries, check } = prospect;
    const { needed, change } = await needs.approvals.weigh(wanted, prospect);
    const told = { check: await checkTold(check, needs), sha256, needs: needed, change: changeRows(change) };
    return { area, published: false, version, entries: entries.length, ...told };
  }
  // The password is given for a content, not for whatever the draft holds by then.
  const proved = asker.proved && request.sha256 !== undefined;
  const submitted = await needs.approvals.submitProgramme(wanted, { ...asker, proved }, request.why);
  const check = await checkTold(submitted.check, needs);
  if ('held' in submitted) {
    const { source, basedOn } = wanted;
    const counts = { version: basedOn + 1, entries: source.entries.length };
    return { area, published: false, ...counts, check, sha256, ...waitsOf(submitted.held) };
  }
  const { version, entries } = submitted.published;
  return { area, published: true, version, entries: entries.length, check, sha256 };
}

/** The answer to what waits. */
export function waitsOf({ id, needs, sha256, until }: HeldProgramme) {
  return { held: id, waits: { needs, sha256, until: instantOf(until) } };
}

/** What is to be published, and over which version. */
async function wantedOf(
  { area, version, accept }: PublishRequest,
  { province: { db, plans } }: RequestNeeds,
): Promise<Pick<WantedProgramme, 'area' | 'basedOn' | 'source'>> {
  const { version: current } = await plans.published(area);
  if (version !== undefined) return { area, basedOn: current, source: await plans.earlier(area, version) };
  const known = await db.drafts.get(area);
  if (known === undefined) throw new ServerError('no-draft', { context: { area } });
  // Somebody else published since: what he said would be lost without a word.
  if (known.basedOn !== current && !accept.includes('conflicts'))
    throw new ServerError('draft-outdated', { context: { based_on: known.basedOn, version: current } });
  return { area, basedOn: current, source: known.source };
}

/** What was published of an area. */
export async function versions(
  asker: OperatorIdentity,
  { area }: VersionsRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'versions'>> {
  if (!asker.areas.some((own) => contains(area, own))) await refuseTarget(asker, area, 'area', needs);
  const published = await needs.province.db.programmes.published(area, VERSIONS_TOLD);
  return {
    area,
    versions: published.map(({ programme: { version, by, issued_at, valid_until, entries }, source }) => ({
      version,
      by,
      issued_at,
      valid_until,
      entries: entries.length,
      ...(source?.sameAs !== undefined && { same_as: source.sameAs }),
    })),
  };
}

/** Which halls said that they hold the current version, and since when; halls outside the asker's areas are not told of. */
export async function delivery(
  asker: OperatorIdentity,
  { area }: DeliveryRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'delivery'>> {
  await refuseTarget(asker, area, 'area', needs);
  const { db, plans } = needs.province;
  const { version } = await plans.published(area);
  const held = new Map((await db.standings.holding(area, area)).map((each) => [each.device, each]));
  const halls = (await db.devices.within(area)).map(({ id, village, seenAt }) => ({
    id,
    village,
    seenAt,
    held: held.get(id),
  }));
  const has = halls.filter((hall) => (hall.held?.version ?? 0) >= version);
  const none = halls.filter((hall) => hall.held === undefined);
  const rows = [...halls].sort(
    (a, b) => (a.held?.version ?? 0) - (b.held?.version ?? 0) || (b.held?.since ?? 0) - (a.held?.since ?? 0),
  );
  return {
    area,
    version,
    has: version === 0 ? 0 : has.length,
    none: none.length,
    older: halls.length - none.length - (version === 0 ? 0 : has.length),
    halls: rows.slice(0, HALLS_TOLD).map(({ id, village, seenAt, held: own }) => ({
      device: id,
      village,
      ...(own !== undefined && { version: own.version, since: instantOf(own.since) }),
      ...(seenAt !== null && { seen_at: instantOf(seenAt) }),
    })),
    left_out: Math.max(0, rows.length - HALLS_TOLD),
  };
}

function withMedia(entries: PlannedEntry[], needs: RequestNeeds): Promise<PlannedEntry[]> {
  return Promise.all(
    entries.map(async (entry, at) => ({
      ...entry,
      announcement: await withLibraryFacts(entry.announcement, needs, `entries[${at}].announcement`),
    })),
  );
}
