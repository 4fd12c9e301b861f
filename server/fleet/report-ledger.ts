import { z } from 'zod';
import {
  chainFault,
  FIRST_PREV,
  hashOf,
  PlayId,
  REPORT_BATCH_LIMIT,
  Report,
  ReportBatch,
  ReportEvent,
} from '../../firmware-protocol/content/report.ts';
import { verifies } from '../../firmware-protocol/content/signature.ts';
import type { Log } from '../ports.ts';
import type { Database, DeviceRecord, StoredReport, Tables } from '../tables.ts';
import { readMessage } from './read-message.ts';

/**
 * A report as it came: its frame is checked but nothing is stripped or filled in, because the hash chain runs over the
 * very members that the device wrote. An event that only a newer server knows is stored all the same.
 */
const Frame = Report.extend({ event: z.looseObject({ type: z.string().max(32) }) });
type Frame = z.infer<typeof Frame>;
const asItCame = z.custom<Frame>((value) => Frame.safeParse(value).success);
const Batch = ReportBatch.extend({ reports: z.array(asItCame).min(1).max(REPORT_BATCH_LIMIT) }).loose();

/**
 * How far a device's reports are stored: what a receipt says. A device sends its oldest first and waits for the receipt,
 * so numbers that a batch leaves out come no more.
 */
export interface StoredUpTo {
  n: number;
  hash: string;
}

interface Needs {
  db: Database;
  log: Log;
  /** Told of each new event, inside the transaction that stores it. */
  heard: (tables: Tables, device: string, event: ReportEvent) => Promise<void>;
}

/** Stores what devices did, each report exactly once: proof of play is made of it. */
export class ReportLedger {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Takes a batch that came on the topic of `device`. Resolves with what may be receipted, or undefined when the batch
   * is not this device's word: malformed, signed by another, or of another chain.
   */
  async take(device: DeviceRecord, payload: Uint8Array): Promise<StoredUpTo | undefined> {
    const { db, log } = this.#needs;
    const batch = readMessage(Batch, payload);
    const why = batch === undefined ? 'malformed' : refuseBatch(batch, device);
    if (batch === undefined || why !== undefined) {
      log.warn({ device: device.id, why }, 'a report batch was refused');
      return undefined;
    }
    return db.transaction(async (tables) => {
      // Again, inside: another batch, or a successor of the box, may have come in between.
      const now = await tables.devices.get(device.id);
      if (now === undefined || now.chain !== device.chain) return undefined;
      return this.#append(tables, now, batch.reports);
    });
  }

  async #append(tables: Tables, before: DeviceRecord, reports: Frame[]): Promise<StoredUpTo | undefined> {
    const device = await this.#onItsChain(tables, before, reports);
    const upTo: StoredUpTo = { n: device.reportsUpTo, hash: device.reportsHash };
    const facts = { device: device.id, stored: upTo.n };
    const again = reports.find((report) => report.n === upTo.n);
    const fresh = reports.filter((report) => report.n > upTo.n);
    const [next] = fresh;
    const joins = next === undefined || next.n > upTo.n + 1 || next.prev === upTo.hash;
    if (!joins || (again !== undefined && hashOf(again) !== upTo.hash)) {
      this.#needs.log.warn(facts, 'two chains of reports under one name: was the card copied?');
      return undefined;
    }
    if (next !== undefined && next.n > upTo.n + 1)
      this.#needs.log.warn({ ...facts, next: next.n }, 'a device lost reports');
    const stored = fresh.map(storedOf);
    const end = stored.at(-1);
    if (end === undefined) return this.#saidAgain(tables, device, reports, upTo);
    await tables.reports.append(device.id, device.chain, stored);
    await tables.devices.reportsUpTo(device.id, device.chain, end.n, end.hash);
    for (const { event } of fresh) {
      const known = ReportEvent.safeParse(event);
      if (known.success) await this.#needs.heard(tables, device.id, known.data);
    }
    return { n: end.n, hash: end.hash };
  }

  /**
   * A batch without news is one whose receipt was lost. It is told of its own end: a device that had to drop later ones since knows
   * no hash of a higher number, and would send these for ever.
   */
  async #saidAgain(
    tables: Tables,
    device: DeviceRecord,
    reports: Frame[],
    upTo: StoredUpTo,
  ): Promise<StoredUpTo> {
    const last = reports.at(-1);
    if (last === undefined || last.n >= upTo.n) return upTo;
    const said = { n: last.n, hash: hashOf(last) };
    return (await tables.reports.knows(device.id, said.n, said.hash)) ? said : upTo;
  }

  /** A report 1 that was never seen is of a device that lost its store: its next chain. What is stored stays. */
  async #onItsChain(tables: Tables, device: DeviceRecord, [first]: Frame[]): Promise<DeviceRecord> {
    const anew = first?.n === 1 && device.reportsUpTo > 0;
    if (!anew || (await tables.reports.knows(device.id, first.n, hashOf(first)))) return device;
    this.#needs.log.warn({ device: device.id }, 'a device begins its reports anew');
    return { ...device, chain: device.chain + 1, reportsUpTo: 0, reportsHash: FIRST_PREV };
  }
}

function refuseBatch(batch: z.infer<typeof Batch>, device: DeviceRecord): string | undefined {
  if (batch.device !== device.id) return 'of another device';
  if (chainFault(batch.reports) !== undefined) return 'not a chain';
  return verifies(batch, batch.signature, device.publicKey) ? undefined : 'bad signature';
}

function storedOf(report: Frame): StoredReport {
  const { n, at, boot, event } = report;
  return {
    n,
    hash: hashOf(report),
    at,
    boot,
    type: event.type,
    play: playIn(event),
    document: JSON.stringify(report),
  };
}

/** What proof is looked up by: an order's id or an occurrence's. */
function playIn(event: Frame['event']): string | null {
  return PlayId.safeParse(event.play ?? event.what).data ?? null;
}
