import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { ServerError } from '../errors.ts';
import type { Clock, Log, MediaFiles } from '../ports.ts';
import type { Database } from '../tables.ts';
import type { KnownUse, MediaUses, Uses } from './media-uses.ts';
import type { UploadRow } from './upload-records.ts';

const REMOVAL = {
  /** An order lives a day at most: one that was made at the moment of the removal still finds its file. */
  after_ms: 25 * 3_600_000,
  every_ms: 6 * 3_600_000,
} as const;

interface Needs {
  db: Pick<Database, 'uploads' | 'removed'>;
  files: Pick<MediaFiles, 'remove'>;
  uses: Pick<MediaUses, 'all'>;
  clock: Pick<Clock, 'wall' | 'after'>;
  log: Pick<Log, 'info' | 'error'>;
}

/** Looks after what people put into the library. Who may see and change what is asked before. */
export class LibraryDesk {
  readonly #needs: Needs;
  #cancelTimer: (() => void) | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Deletes at once what is due, then every few hours. */
  start(): void {
    this.#sweeping = this.sweep().catch((error: unknown) =>
      this.#needs.log.error({ error }, 'removed files could not be deleted'),
    );
    this.#cancelTimer = this.#needs.clock.after(REMOVAL.every_ms, () => this.start());
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    await this.#sweeping;
  }

  uses(): Promise<Uses> {
    return this.#needs.uses.all();
  }

  page(about: Parameters<Database['uploads']['page']>[0]): Promise<UploadRow[]> {
    return this.#needs.db.uploads.page(about);
  }

  change(sha256: string, by: string, change: { title?: string; shared?: boolean }): Promise<void> {
    return this.#needs.db.uploads.change(sha256, by, change);
  }

  /** Takes an entry away; with the last one the file. Rejects `media-in-use` with what of its uses `mayTell` lets be told. */
  async remove(sha256: string, by: string, mayTell: (use: KnownUse) => boolean): Promise<void> {
    const { db, clock } = this.#needs;
    const others = (await db.uploads.page({ sha256, limit: 2 })).filter((each) => each.by !== by);
    if (others.length === 0) {
      refuseUsed((await this.uses()).get(sha256) ?? [], mayTell);
      await db.removed.remove(sha256, clock.wall());
    }
    await db.uploads.drop(sha256, by);
  }

  /** Deletes what was removed a day ago; what somebody named meanwhile comes back. */
  async sweep(): Promise<void> {
    const { db, files, clock, log } = this.#needs;
    const due = await db.removed.before(clock.wall() - REMOVAL.after_ms);
    if (due.length === 0) return;
    const uses = await this.uses();
    for (const sha256 of due) {
      if (uses.has(sha256)) await db.removed.bringBack(sha256);
      else {
        // The row before the file: a row without its file would be promised to villages.
        await db.removed.forget(sha256);
        await files.remove(sha256);
        log.info({ sha256 }, 'a file was taken from the library and is deleted');
      }
    }
  }
}

function refuseUsed(uses: KnownUse[], mayTell: (use: KnownUse) => boolean): void {
  if (uses.length === 0) return;
  const told = uses.filter(mayTell).slice(0, 20);
  throw new ServerError('media-in-use', {
    context: { count: uses.length },
    faults: told.map((use) => ({ path: placeOf(use), code: 'media-in-use', ...wordsOf(use) })),
  });
}

function placeOf({ area, id }: { area?: AreaCode | undefined; id: string }): string {
  return area === undefined ? id : `${area}/${id}`;
}

const WHERE: Record<KnownUse['what'], { en: string; th: string }> = {
  programme: { en: 'in the programme', th: 'อยู่ในผังรายการ' },
  draft: { en: 'in a draft', th: 'อยู่ในร่างผังรายการ' },
  order: { en: 'in an order that lives', th: 'อยู่ในคำสั่งที่ยังไม่หมดอายุ' },
  waiting: { en: 'in what waits for a second person', th: 'อยู่ในรายการที่รออนุมัติ' },
  template: { en: 'in what lies ready', th: 'อยู่ในข้อความสำเร็จรูป' },
};

function wordsOf({ what, title }: KnownUse): { en: string; th: string } {
  const { en, th } = WHERE[what];
  return { en: `${en}: "${title}"`, th: `${th}: "${title}"` };
}
