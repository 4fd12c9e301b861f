import { FIRST_PREV } from '../../firmware-protocol/content/report.ts';
import type { HeardEvent, Log } from '../ports.ts';
import type { ChainEnd, ChainedReport, Database, Speaker, Tables } from '../tables.ts';
import type { BatchReading } from './batch-reader.ts';
import { GroupCommit } from './group-commit.ts';
import type { ReadBatch, RefusedBatch, SentBatch } from './report-batch.ts';

/**
 * How far a device's reports are stored: what a receipt says. A device sends its oldest first and waits for the receipt,
 * so numbers that a batch leaves out come no more.
 */
export interface StoredUpTo {
  n: number;
  hash: string;
}

/** Batches in one commit: some 4,000 reports, so that PostgreSQL is asked seldom. SQLite, in this thread, seldom has as many waiting. */
const BATCHES_TOGETHER = 400;
/** Batches read in one go: another thread has some milliseconds of work with them, and little is spent on handing them over. */
const READ_TOGETHER = 32;

interface Needs {
  db: Database;
  log: Log;
  reading: BatchReading;
  /** Told of the new events that may answer an order, each device's in their order, inside the transaction that stores them. */
  heard: (tables: Tables, events: readonly HeardEvent[]) => Promise<void>;
  /** Told of a box that speaks under the name of another: its reports are not stored. */
  copied: (tables: Tables, device: string) => Promise<void>;
}

interface Taken {
  device: Speaker;
  batch: ReadBatch;
}

/** What one transaction is about to store. */
interface Page {
  tables: Tables;
  /** As they stand, and then as they will. */
  ends: Map<string, ChainEnd>;
  rows: ChainedReport[];
  grown: Map<string, ChainEnd>;
  events: HeardEvent[];
}

/** Stores what devices did, each report exactly once: proof of play is made of it. */
export class ReportLedger {
  readonly #needs: Needs;
  readonly #commit: GroupCommit<Taken, StoredUpTo | undefined>;
  readonly #reading: GroupCommit<SentBatch, ReadBatch | RefusedBatch>;

  constructor(needs: Needs) {
    this.#needs = needs;
    const { reading } = needs;
    this.#reading = new GroupCommit({
      most: READ_TOGETHER,
      atOnce: reading.atOnce,
      store: (page) => reading.read(page),
    });
    this.#commit = new GroupCommit({ most: BATCHES_TOGETHER, store: (group) => this.#store(group) });
  }

  /**
   * Takes a batch that came on the topic of `device`. Resolves, when it is durable, with what may be receipted, or undefined
   * when the batch is not this device's word: malformed, signed by another, or of another chain. Rejects `database-down`.
   */
  async take(device: Speaker, payload: Uint8Array): Promise<StoredUpTo | undefined> {
    const { id, publicKey, chain } = device;
    const read = await this.#reading.put({ payload, device: id, publicKey, chain });
    if ('rows' in read) return this.#commit.put({ device, batch: read });
    this.#needs.log.warn({ device: id, why: read.refused }, 'a report batch was refused');
    return undefined;
  }

  /** Batches so far, and commits. */
  stored(): { items: number; groups: number } {
    return this.#commit.done();
  }

  #store(group: Taken[]): Promise<(StoredUpTo | undefined)[]> {
    // Among others: another server may have the mail of the same halls, and an order its rows written. Their ends are this page's alone.
    return this.#needs.db.amongOthers(async (tables) => {
      const ends = await tables.devices.chains(group.map(({ device }) => device.id));
      const page: Page = { tables, ends, rows: [], grown: new Map(), events: [] };
      const answers: (StoredUpTo | undefined)[] = [];
      for (const taken of group) answers.push(await this.#enter(page, taken));
      await tables.reports.append(page.rows);
      await tables.devices.chainsGrew(page.grown);
      await this.#needs.heard(tables, page.events);
      return answers;
    });
  }

  /** Writes one batch onto the page: what of it is new, if it goes on where the device's chain ends. */
  async #enter(page: Page, { device, batch }: Taken): Promise<StoredUpTo | undefined> {
    const before = page.ends.get(device.id);
    // Another batch, or a successor of the box, came in between.
    if (before === undefined || before.chain !== device.chain) return undefined;
    const end = await this.#onItsChain(page, device, before, batch);
    const upTo: StoredUpTo = { n: end.n, hash: end.hash };
    const facts = { device: device.id, stored: upTo.n };
    const again = batch.rows.find(({ n }) => n === upTo.n);
    const fresh = batch.rows.filter(({ n }) => n > upTo.n);
    const next = fresh[0];
    const joins = next === undefined || next.n > upTo.n + 1 || prevOf(batch, next) === upTo.hash;
    if (!joins || (again !== undefined && again.hash !== upTo.hash)) return this.#copied(page, facts);
    if (next !== undefined && next.n > upTo.n + 1)
      this.#needs.log.warn({ ...facts, next: next.n }, 'a device lost reports');
    const last = fresh.at(-1);
    if (last === undefined) return this.#saidAgain(page, device, batch, upTo);
    const { chain } = end;
    const grown = { chain, n: last.n, hash: last.hash };
    page.rows.push(...(chain === device.chain ? fresh : fresh.map((row) => ({ ...row, chain }))));
    page.ends.set(device.id, grown);
    page.grown.set(device.id, grown);
    page.events.push(...batch.answers.filter(({ n }) => n > upTo.n));
    return { n: last.n, hash: last.hash };
  }

  /**
   * A batch without news is one whose receipt was lost. It is told of its own end: a device that had to drop later ones since knows
   * no hash of a higher number, and would send these for ever.
   */
  async #saidAgain(
    page: Page,
    device: Speaker,
    { rows }: ReadBatch,
    upTo: StoredUpTo,
  ): Promise<StoredUpTo | undefined> {
    const last = rows.at(-1);
    if (last === undefined || last.n >= upTo.n) return upTo;
    // Numbers are given once: another report of the same number is another box's.
    if (!(await isStored(page, device.id, last.n, last.hash)))
      return this.#copied(page, { device: device.id, stored: upTo.n });
    return { n: last.n, hash: last.hash };
  }

  /** The box whose chain came first goes on; the other is not believed, and never receipted (F25). */
  async #copied(page: Page, facts: { device: string; stored: number }): Promise<undefined> {
    this.#needs.log.warn(facts, 'two chains of reports under one name: was the card copied?');
    await this.#needs.copied(page.tables, facts.device);
  }

  /** A report 1 that was never seen is of a device that lost its store: its next chain. What is stored stays. */
  async #onItsChain(page: Page, device: Speaker, end: ChainEnd, { rows }: ReadBatch): Promise<ChainEnd> {
    const [first] = rows;
    if (first?.n !== 1 || end.n === 0) return end;
    if (await isStored(page, device.id, 1, first.hash)) return end;
    this.#needs.log.warn({ device: device.id }, 'a device begins its reports anew');
    return { chain: end.chain + 1, n: 0, hash: FIRST_PREV };
  }
}

/** What a row of a batch names as the hash of the one before: within the batch it was held to that when it was read. */
function prevOf({ prev, rows }: ReadBatch, row: ChainedReport): string | undefined {
  return row === rows[0] ? prev : rows[rows.indexOf(row) - 1]?.hash;
}

/** Before, or with this very page. */
async function isStored({ tables, rows }: Page, device: string, n: number, hash: string): Promise<boolean> {
  const here = rows.some((row) => row.device === device && row.n === n && row.hash === hash);
  return here || tables.reports.knows(device, n, hash);
}
