import type { Output } from '../../firmware-protocol/content/band.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { ReportEvent } from '../../firmware-protocol/content/report.ts';
import { isDeviceError } from '../errors.ts';
import type { Claim, Clock, Journal, Log, Store } from '../ports.ts';
import type { Ending } from './arbiter-state.ts';
import { type Entry, oneRecordOf } from './one-record.ts';
import { Owed } from './owed.ts';
import type { Acceptance, Play } from './play.ts';
import { PLAYOUT_LIMITS, PLAYOUT_TIMES } from './playout-times.ts';

export interface LedgerParts {
  journal: Journal;
  /** To carry over what the claim already says (its expiry, its document). */
  store: Pick<Store, 'claim'>;
  boot: number;
  clock: Clock;
  log: Log;
}

/**
 * Writes what the playout does, in order, each report in one commit with its claim; what one moment brings, and what came while
 * the store was writing, is one commit. A store that cannot write holds nothing up: the entries wait in memory, bounded, and are
 * tried again (F5, F6).
 */
export class Ledger {
  readonly #parts: LedgerParts;
  readonly #entries: Entry[] = [];
  /** Of plays that did not wait for their claims: written with the first record of each. */
  readonly #owed = new Owed();
  #writing = false;
  /** Of the entries, the first so many: what is just being written. */
  #inHand = 0;
  #closed = false;
  #retry: (() => void) | undefined;
  #idle: (() => void)[] = [];

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** A play that shall not wait for its claims; they become durable with its first record, or by themselves when none comes soon. */
  owe(play: Play, acceptance: Acceptance): void {
    this.#owed.owe(play.id, acceptance);
    this.#parts.clock.after(PLAYOUT_TIMES.claimAloneMs, () => {
      if (this.#owed.has(play.id)) void this.#add(play, undefined, undefined, undefined);
    });
  }

  /** Resolves when durable, or `held` when the store did not take it: then nobody should wait any longer. */
  started(play: Play, output: Output): Promise<'durable' | 'held'> {
    const { band, announcement } = play;
    const event = { type: 'started', play: play.id, output, band, title: announcement.title } as const;
    return this.#add(play, output, event, { state: 'started' });
  }

  resumed(play: Play, output: Output): Promise<'durable' | 'held'> {
    return this.#add(play, output, { type: 'resumed', play: play.id, output }, undefined);
  }

  paused(play: Play, output: Output, by: string | undefined): void {
    void this.#add(play, output, { type: 'paused', play: play.id, output, ...(by && { by }) }, undefined);
  }

  ended(play: Play, output: Output, ending: Ending): void {
    void this.#add(play, output, this.#endOf(play, output, ending), {
      state: 'ended',
      outcome: ending.outcome,
    });
  }

  /** This device has no such output. It is told with what is owed, if anything is: the start waits for no record but its own. */
  absent(play: Play, output: Output): void {
    const ending = { ...NEVER_BEGUN, reason: `no-${output}` };
    const event = this.#endOf(play, output, ending);
    if (!this.#owed.addEnd(play.id, output, event, ending.outcome)) this.ended(play, output, ending);
  }

  #endOf(play: Play, output: Output, ending: Ending): ReportEvent {
    const { outcome, reason, detail, startedAt, evidence } = ending;
    return {
      type: 'ended',
      play: play.id,
      output,
      outcome,
      ...(reason && { reason: reason.slice(0, 64) }),
      ...(detail && { detail: detail.slice(0, 400) }),
      ...(startedAt !== undefined && { started_at: instantOf(startedAt) }),
      ended_at: instantOf(this.#parts.clock.wall()),
      ...evidence,
    };
  }

  /** Resolves when nothing waits to be written, or after `ms`; what waits then is lost, and nothing is tried again. */
  async close(ms: number): Promise<void> {
    if (this.#entries.length > 0)
      await new Promise<void>((resolve) => {
        const forget = this.#parts.clock.after(ms, resolve);
        this.#idle.push(() => {
          forget();
          resolve();
        });
        this.#writeSoon();
      });
    this.#closed = true;
    this.#retry?.();
    for (const { event } of this.#entries)
      this.#parts.log.error({ event }, 'a record was lost with the end of the agent');
  }

  #add(
    play: Play,
    output: Entry['output'],
    event: Entry['event'],
    claim: Entry['claim'],
  ): Promise<'durable' | 'held'> {
    return new Promise((settled) => {
      this.#entries.push({ play, output, event, claim, settled });
      this.#dropBeyondBound();
      if (this.#retry === undefined) this.#writeSoon();
      else settled('held');
    });
  }

  /** Ends are proof and go last; what is being written stays (it may just be arriving). */
  #dropBeyondBound(): void {
    if (this.#entries.length <= PLAYOUT_LIMITS.records) return;
    const first = Math.max(1, this.#inHand);
    const isDroppable = (entry: Entry, index: number) => index >= first && entry.event?.type !== 'ended';
    const index = Math.max(first, this.#entries.findIndex(isDroppable));
    const [dropped] = this.#entries.splice(index, 1);
    dropped?.settled('held');
    this.#parts.log.error({ event: dropped?.event }, 'a record was lost: the store has not been writing');
  }

  #writeSoon(): void {
    this.#retry?.();
    this.#retry = undefined;
    if (!this.#writing) void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    // Who makes way is told in the same moment as who takes over: an alert waits for one fsync, not for two.
    await Promise.resolve();
    for (let most: number = PLAYOUT_LIMITS.recordsTogether; this.#entries.length > 0; ) {
      const together = this.#entries.slice(0, most);
      this.#inHand = together.length;
      const isWritten = await this.#isWritten(together);
      this.#inHand = 0;
      if (isWritten) for (const entry of this.#entries.splice(0, together.length)) entry.settled('durable');
      // One that cannot be kept, or for which there is no room, takes no other with it.
      else if (together.length > 1) most = 1;
      else break;
    }
    this.#writing = false;
    if (this.#entries.length === 0) for (const tell of this.#idle.splice(0)) tell();
    else this.#holdAndRetry();
  }

  #holdAndRetry(): void {
    for (const entry of this.#entries) entry.settled('held');
    if (this.#closed) return;
    this.#retry = this.#parts.clock.after(PLAYOUT_TIMES.recordRetryMs, () => this.#writeSoon());
  }

  async #isWritten(together: Entry[]): Promise<boolean> {
    const events = together.map(({ event }) => event);
    try {
      await this.#write(together);
    } catch (error) {
      if (isOfTheDisk(error)) {
        this.#parts.log.warn({ error, events }, 'the store did not take a record; it is held in memory');
        return false;
      }
      if (together.length > 1) return false;
      // It would fail for ever, and with it all that come after: a bad record never stalls the rest.
      this.#parts.log.error({ error, events }, 'a record that cannot be kept was lost');
    }
    for (const { play } of together) this.#owed.settled(play.id);
    return true;
  }

  async #write(together: Entry[]): Promise<void> {
    const held = (play: Play, output: Output) => this.#claimOf(play, output);
    const { events, claims } = await oneRecordOf(together, this.#owed, held);
    if (events.length > 0)
      await this.#parts.journal.record(events, claims.length === 0 ? undefined : { claims });
  }

  async #claimOf(play: Play, output: Output): Promise<Claim> {
    const held = await this.#parts.store.claim(play.id, output);
    if (held !== undefined) return held;
    // The store was full when it was accepted, and it was let through all the same (an alert).
    const { boot, clock } = this.#parts;
    return { play: play.id, output, boot, at: clock.wall(), keep_until: play.latestStart, state: 'accepted' };
  }
}

const NEVER_BEGUN = {
  outcome: 'rejected',
  detail: 'this device has no such output',
  startedAt: undefined,
  evidence: {},
} as const;

function isOfTheDisk(error: unknown): boolean {
  return isDeviceError(error, 'store-full') || isDeviceError(error, 'store-failed');
}
