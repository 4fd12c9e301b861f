import { contains } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import {
  LIBRARY_LIMITS,
  type LibraryItem,
  type LibraryRequest,
  type MediaUse,
} from '../../firmware-protocol/mqtt/library-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { mayReach } from '../areas/reach.ts';
import type { KnownUse, Uses } from '../content/media-uses.ts';
import type { UploadRow } from '../content/upload-records.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import { hasRight } from '../operators/rights.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';

/** Rows that are read at once from the database, and looked through. */
const READ_TOGETHER = 500;
/** Of an answer; a message holds 640 KB. */
const BYTES_TOLD = 500_000;

/** Reads the library of the asker's areas, or changes one entry of it. */
export async function library(
  asker: OperatorIdentity,
  request: LibraryRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'library'>> {
  const { change, sha256, by = asker.user } = request;
  if (change === undefined || sha256 === undefined) return page(asker, request, needs);
  const entry = await entryOf(asker, sha256, by, needs);
  const { desk } = needs;
  if (change === 'remove') await desk.remove(sha256, by, (use) => mayTell(asker, use));
  else if (change === 'rename') await desk.change(sha256, by, { title: request.title ?? entry.title });
  else await desk.change(sha256, by, { shared: change === 'share' });
  return page(asker, { sha256, by, unused: false, limit: 1 }, needs);
}

/** An entry that the asker may change. Rejects `unknown-media`, also for what may not be seen, and `outside-scope`. */
async function entryOf(
  asker: OperatorIdentity,
  sha256: string,
  by: string,
  { desk }: RequestNeeds,
): Promise<UploadRow> {
  const rows = await desk.page({ sha256, limit: READ_TOGETHER });
  const entry = rows.find((each) => each.by === by && maySee(asker, each));
  if (entry === undefined) {
    const context = { sha256 };
    throw new ServerError('unknown-media', {
      context,
      faults: [domainFault('sha256', 'unknown-media', context)],
    });
  }
  if (mayChange(asker, entry)) return entry;
  const beyond = entry.areas.find((area) => !mayReach(asker.areas, area)) ?? 'th';
  throw new ServerError('outside-scope', { context: { area: beyond } });
}

async function page(
  asker: OperatorIdentity,
  {
    kind,
    search,
    sha256,
    by,
    unused,
    after,
    limit,
  }: Omit<LibraryRequest, 'change' | 'title' | 'transaction'>,
  { desk }: RequestNeeds,
): Promise<AnswerTo<'library'>> {
  const uses = await desk.uses();
  const words = search?.normalize('NFC').toLowerCase();
  const isWanted = (row: UploadRow) =>
    (kind === undefined || row.kind === kind) &&
    (by === undefined || row.by === by) &&
    (words === undefined || row.title.normalize('NFC').toLowerCase().includes(words)) &&
    (!unused || !uses.has(row.sha256)) &&
    maySee(asker, row);
  const items: LibraryItem[] = [];
  let bytes = 0;
  for (let from = after; ; ) {
    const rows = await desk.page({ after: from, sha256, limit: READ_TOGETHER });
    for (const row of rows) {
      if (isWanted(row)) {
        const item = itemOf(asker, row, uses);
        bytes += Buffer.byteLength(JSON.stringify(item));
        if (items.length === limit || (bytes > BYTES_TOLD && items.length > 0))
          return { items, ...(from !== undefined && { next: from }) };
        items.push(item);
      }
      from = placeOf(row);
    }
    if (rows.length < READ_TOGETHER) return { items };
  }
}

/** Where the page that follows begins. */
function placeOf({ at, sha256, by }: UploadRow): string {
  return `${at}/${sha256}/${by}`;
}

/** One's own, what was put there for one's areas, and what those above share. */
function maySee(asker: OperatorIdentity, row: UploadRow): boolean {
  if (row.by === asker.user || row.areas.some((area) => mayReach(asker.areas, area))) return true;
  return row.shared && row.areas.some((area) => asker.areas.some((own) => contains(area, own)));
}

function mayChange(asker: OperatorIdentity, row: UploadRow): boolean {
  if (!hasRight(asker, 'speak')) return false;
  return row.by === asker.user || row.areas.every((area) => mayReach(asker.areas, area));
}

function mayTell({ user, areas: own }: OperatorIdentity, { by, areas }: KnownUse): boolean {
  return by === user || (areas.length > 0 && areas.every((area) => mayReach(own, area)));
}

function itemOf(asker: OperatorIdentity, row: UploadRow, uses: Uses): LibraryItem {
  const all = uses.get(row.sha256) ?? [];
  const told = all.filter((use) => mayTell(asker, use)).slice(0, LIBRARY_LIMITS.usesTold);
  const { sha256, kind, title, by, areas, shared, bytes, sound, picture } = row;
  return {
    ...{ sha256, kind, title, by, at: instantOf(row.at), areas, shared, bytes },
    ...(sound && { ms: sound.ms, loudness: loudnessOf(sound) }),
    ...(picture && { picture }),
    uses: told.map(toldOf),
    uses_in_all: all.length,
    may_change: mayChange(asker, row),
  };
}

function loudnessOf({
  clufs,
  sourceClufs,
  sourcePeakCdb,
}: NonNullable<UploadRow['sound']>): LibraryItem['loudness'] {
  return {
    clufs,
    ...(sourceClufs !== null && { source_clufs: sourceClufs }),
    ...(sourcePeakCdb !== null && { source_peak_cdb: sourcePeakCdb }),
  };
}

function toldOf({ what, area, id, title }: KnownUse): MediaUse {
  return { what, id, title, ...(area !== undefined && { area }) };
}
