import { Announcement, filesOf } from '../../firmware-protocol/content/announcement.ts';
import { type AreaCode, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import type { MediaUse } from '../../firmware-protocol/mqtt/library-requests.ts';
import type { PreparedPush } from '../../firmware-protocol/mqtt/push-request.ts';
import type { Clock } from '../ports.ts';
import type { PublishedVersion } from '../programme/plan-records.ts';
import type { ProgrammeShelf } from '../programme/programme-shelf.ts';
import type { Database } from '../tables.ts';

/** Something that names a file, and where it is heard or seen: what of it somebody may be told goes by that. */
export interface KnownUse extends MediaUse {
  areas: AreaCode[];
  by: string;
}
export type Uses = ReadonlyMap<string, KnownUse[]>;

interface Needs {
  db: Pick<Database, 'drafts' | 'held' | 'orders' | 'templates'>;
  shelf: Pick<ProgrammeShelf, 'current'>;
  clock: Pick<Clock, 'wall'>;
}

/** More orders than live at one time, and more than wait. */
const AT_MOST = 10_000;

/** Which files are named by what is published, drafted, waiting, alive or lying ready. */
export class MediaUses {
  readonly #needs: Needs;
  /** What was published never changes. */
  readonly #ofVersion = new WeakMap<PublishedVersion, [string, KnownUse][]>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** By the SHA-256 of the file. */
  async all(): Promise<Uses> {
    const { db, shelf, clock } = this.#needs;
    const [published, drafts, held, orders, templates] = await Promise.all([
      shelf.current(() => true),
      db.drafts.all(),
      db.held.list(['waiting'], AT_MOST),
      db.orders.alive(clock.wall(), AT_MOST),
      db.templates.all(),
    ]);
    const uses = new Map<string, KnownUse[]>();
    for (const [sha256, use] of [
      ...published.flatMap((version) => this.#ofPublished(version)),
      ...drafts.flatMap(({ area, by, source }) => ofEntries('draft', area, by, source.entries)),
      ...held.flatMap((each) => {
        if ('programme' in each)
          return ofEntries('waiting', each.programme.area, each.by, each.programme.source.entries);
        return 'announcement' in each.order ? ofOrder('waiting', each.order) : [];
      }),
      ...orders.flatMap((order) => ('announcement' in order ? ofOrder('order', order) : [])),
      ...templates.flatMap(({ area, id, title, by, push }) =>
        filesOfPush(push).map((sha256): [string, KnownUse] => [
          sha256,
          { what: 'template', area, id, title, areas: [area], by },
        ]),
      ),
    ]) {
      const known = uses.get(sha256);
      if (known === undefined) uses.set(sha256, [use]);
      else if (!known.some((each) => each.what === use.what && each.id === use.id && each.area === use.area))
        known.push(use);
    }
    return uses;
  }

  #ofPublished(version: PublishedVersion): [string, KnownUse][] {
    const { area, by, entries } = version.programme;
    const known = this.#ofVersion.get(version) ?? ofEntries('programme', area, by, entries);
    this.#ofVersion.set(version, known);
    return known;
  }
}

function ofEntries(
  what: MediaUse['what'],
  area: AreaCode,
  by: string,
  entries: readonly { id: string; announcement: Announcement }[],
): [string, KnownUse][] {
  return entries.flatMap(({ id, announcement }) =>
    filesOf(announcement).map(({ sha256 }): [string, KnownUse] => [
      sha256,
      { what, area, id, title: announcement.title, areas: [area], by },
    ]),
  );
}

function ofOrder(
  what: MediaUse['what'],
  { id, to, by, announcement }: { id: string; to: Target[]; by: string; announcement: unknown },
): [string, KnownUse][] {
  const said = Announcement.parse(announcement);
  const areas = to.filter((target) => deviceOf(target) === undefined);
  return filesOf(said).map(({ sha256 }) => [sha256, { what, id, title: said.title, areas, by }]);
}

function filesOfPush({ media = [], picture, announcement }: PreparedPush): string[] {
  const named = announcement === undefined ? [] : filesOf(announcement).map(({ sha256 }) => sha256);
  return [...media, ...(picture === undefined ? [] : [picture]), ...named];
}
