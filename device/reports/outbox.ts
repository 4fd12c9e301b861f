import type { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import { REPORT_BATCH_LIMIT, type Report, type ReportBatch } from '../../firmware-protocol/content/report.ts';
import { type SigningKey, signed } from '../../firmware-protocol/content/signature.ts';
import { HALL_TOPICS } from '../../firmware-protocol/mqtt/hall-topics.ts';
import { Receipt, signedOf } from '../../firmware-protocol/mqtt/receipt.ts';
import type { Warnings } from '../health/warnings.ts';
import { type BackOffRange, fullJitter } from '../link/back-off.ts';
import { hearServer, notBefore } from '../link/server-word.ts';
import type { Clock, Log, Random, Store } from '../ports.ts';

export const OUTBOX_TIMES = {
  /** What follows within this goes in the same batch; and an alert that was accepted is on air before its report is signed and sent. */
  gather_ms: 40,
  /** A server stores a batch within milliseconds; on a 3 s round trip this still leaves room. */
  receipt_ms: 15_000,
  /** Added between sends of the same batch: a server that is down is not helped by a storm. */
  resend: { base_ms: 2_000, cap_ms: 300_000 } satisfies BackOffRange,
  /** A forged receipt is warned of for so long: cleared by each good one, a stranger could make two reports a second. */
  forged_ms: 600_000,
} as const;

/** Room for the envelope around the reports: device, signature, brackets. */
const ENVELOPE_BYTES = 1_024;

export interface OutboxParts {
  device: DeviceId;
  village: AreaCode;
  key: SigningKey;
  store: Store;
  clock: Clock;
  random: Random;
  keys: () => KeySet | undefined;
  /** Publishes one batch; rejects when the connection is lost. */
  send: (batch: ReportBatch) => Promise<void>;
  warnings: Warnings;
  log: Log;
}

/**
 * Brings reports to the server: one batch at a time, sent again until its signed receipt comes, forgotten only then.
 * A PUBACK is the broker's word and means nothing here.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  #online = false;
  #busy = false;
  /** Woken while busy: look again before resting. */
  #again = false;
  #attempt = 0;
  /** The highest number that was sent and not receipted; undefined = nothing is under way. */
  #awaiting: number | undefined;
  #cancelTimer: () => void = () => {};
  #cancelGathering: (() => void) | undefined;
  /** Monotonic ms of the last receipt that was not the server's. */
  #forgedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** The link is up: what was under way on the old connection is sent again. */
  connected(): void {
    this.#online = true;
    this.#attempt = 0;
    this.#restart();
  }

  disconnected(): void {
    this.#online = false;
    this.#cancelTimer();
    this.#gathered();
  }

  /** There may be something to send. Cheap; call it after every record. */
  wake(): void {
    if (!this.#online || this.#awaiting !== undefined) return;
    this.#cancelGathering ??= this.#parts.clock.after(OUTBOX_TIMES.gather_ms, () => {
      this.#gathered();
      if (this.#awaiting === undefined) void this.#sendNext();
    });
  }

  #gathered(): void {
    this.#cancelGathering?.();
    this.#cancelGathering = undefined;
  }

  /** A message on the receipt topic. Never rejects: what is wrong with it is a warning. */
  async receipt(payload: Uint8Array): Promise<void> {
    const { device, village, clock, log } = this.#parts;
    const keys = this.#parts.keys();
    const heard = hearServer({ device, village, keys }, Receipt, payload, {
      use: 'receipt',
      at: () => notBefore(keys, clock.wall()),
      signed: (raw, { page }) => signedOf(raw, page),
    });
    if (!heard.ok) {
      this.#warn(heard.reason);
      log.warn({ reason: heard.reason }, 'receipt refused');
      return;
    }
    try {
      await this.#settle(heard.said);
    } catch (error) {
      log.error({ error }, 'receipt could not be kept');
    }
  }

  async #settle({ up_to, hash }: Receipt): Promise<void> {
    const { store, log } = this.#parts;
    const ours = await store.reportHash(up_to);
    if (ours !== hash) {
      // A receipt that comes twice (QoS 1), or for a report dropped since, is no attack: we only know no more of it.
      const stale = ours === undefined && up_to <= (await store.lastReport()).n;
      if (!stale) this.#warn(`report ${up_to} has another hash`);
      log.warn({ up_to, stale }, 'receipt does not fit our reports');
      return;
    }
    await store.commit({ receipted: up_to });
    this.#clearWarning();
    this.#attempt = 0;
    if (this.#awaiting !== undefined && up_to >= this.#awaiting) this.#restart();
  }

  #warn(why: string): void {
    const { warnings, clock } = this.#parts;
    this.#forgedAt = clock.monotonic();
    warnings.raise('receipt-forged', why);
  }

  #clearWarning(): void {
    const { warnings, clock } = this.#parts;
    if (clock.monotonic() - this.#forgedAt >= OUTBOX_TIMES.forged_ms) warnings.clear('receipt-forged');
  }

  #restart(): void {
    this.#cancelTimer();
    this.#awaiting = undefined;
    if (this.#online) void this.#sendNext();
  }

  async #sendNext(): Promise<void> {
    this.#again = this.#busy;
    if (this.#busy) return;
    this.#busy = true;
    const { store, send, device, key, log } = this.#parts;
    try {
      const reports = batchOf(await store.reports(REPORT_BATCH_LIMIT));
      const last = reports.at(-1);
      if (last === undefined || !this.#online) return;
      this.#awaiting = last.n;
      this.#resendLater();
      // Not waited for: a PUBACK that is lost must not hold up what the receipt already allowed (F16).
      send(signed({ device, reports }, key)).then(
        () => log.info({ up_to: last.n }, 'reports sent'),
        (error: unknown) => log.warn({ error }, 'reports could not be sent yet'),
      );
    } catch (error) {
      log.warn({ error }, 'reports could not be read yet');
      this.#resendLater();
    } finally {
      this.#busy = false;
      if (this.#again) this.wake();
    }
  }

  #resendLater(): void {
    const { clock, random } = this.#parts;
    const wait_ms = OUTBOX_TIMES.receipt_ms + fullJitter(OUTBOX_TIMES.resend, this.#attempt, random);
    this.#attempt += 1;
    this.#cancelTimer();
    this.#cancelTimer = clock.after(wait_ms, () => this.#restart());
  }
}

/** The longest run from the start with consecutive numbers that fits into one message. */
export function batchOf(reports: Report[]): Report[] {
  let bytes = ENVELOPE_BYTES;
  const end = reports.findIndex((report, index) => {
    bytes += Buffer.byteLength(JSON.stringify(report)) + 1;
    const gap = report.n !== (reports[0]?.n ?? 0) + index;
    return gap || (index > 0 && bytes > HALL_TOPICS.report.maxBytes);
  });
  return end === -1 ? reports : reports.slice(0, end);
}
