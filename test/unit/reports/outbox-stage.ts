import { type WarningChange, Warnings } from '../../../device/health/warnings.ts';
import type { Change, Store } from '../../../device/ports.ts';
import { Outbox } from '../../../device/reports/outbox.ts';
import {
  FIRST_PREV,
  hashOf,
  type Report,
  type ReportBatch,
} from '../../../firmware-protocol/content/report.ts';
import {
  newKeyPair,
  type SigningKey,
  signed,
  signingKey,
} from '../../../firmware-protocol/content/signature.ts';
import { pageOf, type Receipt } from '../../../firmware-protocol/mqtt/receipt.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { DocumentMaker } from '../../contract/ports/documents.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { stamped, started } from '../../contract/ports/store-records.ts';

/** An outbox over a chain of reports in memory, and a line whose far end is the test. */
export class OutboxStage {
  readonly documents = new DocumentMaker();
  readonly clock = new VirtualClock(Date.UTC(2026, 10, 13));
  readonly key = signingKey('hall-1', newKeyPair().seed);
  readonly sent: ReportBatch[] = [];
  readonly warned: WarningChange[] = [];
  readonly outbox: Outbox;
  /** Set to an error to make the line refuse. */
  lineError: Error | undefined;
  /** The line takes everything and answers nothing. */
  lineSilent = false;
  #held: Report[] = [];
  #last = { n: 0, hash: FIRST_PREV };

  constructor() {
    const { set } = this.documents.keys(1);
    this.outbox = new Outbox({
      device: 'hall-1',
      village: '43010102',
      key: this.key,
      store: this.#store(),
      clock: this.clock,
      random: { fraction: () => 0.5, bytes: (count) => new Uint8Array(count) },
      keys: () => set,
      send: async (batch) => {
        if (this.lineError !== undefined) throw this.lineError;
        this.sent.push(batch);
        if (this.lineSilent) await new Promise(() => {});
      },
      warnings: new Warnings((change) => this.warned.push(change)),
      log: silentLog,
    });
  }

  get held(): number[] {
    return this.#held.map(({ n }) => n);
  }

  record(count: number, detail = 'ก'): void {
    for (let index = 0; index < count; index++) {
      const report = {
        n: this.#last.n + 1,
        prev: this.#last.hash,
        ...stamped({ ...started(`play-${detail}`) }),
      };
      this.#held.push(report);
      this.#last = { n: report.n, hash: hashOf(report) };
    }
    this.outbox.wake();
  }

  drop(n: number): void {
    this.#held = this.#held.filter((report) => report.n !== n);
  }

  hashOf(n: number): string {
    const report = this.#held.find((each) => each.n === n);
    return report === undefined ? this.#last.hash : hashOf(report);
  }

  async receipt(
    upTo: number,
    change: { hash?: string; device?: string; key?: SigningKey } = {},
  ): Promise<void> {
    const { hash = this.hashOf(upTo), device = 'hall-1', key = this.documents.server } = change;
    await this.outbox.receipt(Buffer.from(JSON.stringify(signed({ device, up_to: upTo, hash }, key))));
  }

  /** One of a page of receipts, with what a forger made of it. */
  async receiptOfPage(
    upTo: number,
    forged: (receipt: Receipt) => object = (receipt) => receipt,
  ): Promise<void> {
    const others = [1, 2, 3, 4].map((n) => ({ device: `hall-${n + 1}`, up_to: n, hash: 'b'.repeat(64) }));
    const receipts = [{ device: 'hall-1', up_to: upTo, hash: this.hashOf(upTo) }, ...others];
    const { page, places } = pageOf(receipts);
    const { signature } = signed(page, this.documents.server);
    const [receipt] = receipts.map((each, at) => ({ ...each, page: places[at], signature }));
    await this.outbox.receipt(Buffer.from(JSON.stringify(receipt && forged(receipt))));
  }

  numbersSent(): number[][] {
    return this.sent.map(({ reports }) => reports.map(({ n }) => n));
  }

  #store(): Store {
    const absent = async () => undefined;
    return {
      commit: async ({ receipted = 0 }: Change) => {
        this.#held = this.#held.filter(({ n }) => n > receipted);
      },
      reports: async (limit) => this.#held.slice(0, limit),
      lastReport: async () => this.#last,
      reportHash: async (n) => {
        const report = this.#held.find((each) => each.n === n);
        if (report !== undefined) return hashOf(report);
        return n === this.#last.n ? this.#last.hash : undefined;
      },
      waiting: async () => this.#held.length,
      claim: absent,
      claimed: async () => ({ plays: [], forgotBefore: 0 }),
      openClaims: async () => [],
      programmes: async () => [],
      keys: absent,
      fact: absent,
      facts: async () => ({}),
      close: async () => {},
    };
  }
}
