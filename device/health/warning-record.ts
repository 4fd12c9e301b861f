import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { ReportEvent } from '../../firmware-protocol/content/report.ts';
import { WARNINGS, type WarningCode } from '../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { Clock, Journal, Store } from '../ports.ts';
import type { WarningChange, Warnings } from './warnings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const WARNING_RECORD = {
  /** By then everything that is looked at without being used has been looked at twice: box, boards, line, the time. */
  settle_ms: 20 * MINUTE_MS,
  /** Those that may not lapse yet are looked at again. */
  again_ms: 60 * MINUTE_MS,
  /** What could not be written is tried again. */
  retry_ms: MINUTE_MS,
  /** Told so much later than it happened, a report says when that was. */
  late_ms: MINUTE_MS,
  /** Changes that wait for a card that takes nothing; beyond it only the last word of each warning. */
  most: 100,
} as const;

/**
 * What shows itself only when it is used is believed for so long after it was last found, over restarts: that nobody has
 * tried the amplifier since the power cut does not mend it. Everything else: until this run has looked for `settle_ms`.
 */
const BELIEVED_MS: Partial<Record<WarningCode, number>> = {
  // A tower sounds at least twice a day, with the anthem.
  'amplifier-no-current': 2 * DAY_MS,
  'amplifier-fault': DAY_MS,
  // New files come every few days.
  'media-disk': 2 * DAY_MS,
  // Longer than what holds an input for too long (half an hour, as a rule).
  'relay-stuck': 45 * MINUTE_MS,
  'microphone-stuck': 45 * MINUTE_MS,
  // It is tried again after a day and after two.
  'update-failed': 7 * DAY_MS,
};

const FACT = 'warnings';
/** A fact of its own: a version that is returned to reads the one above as it always did. */
const DETAILS_FACT = 'warning-details';

export interface WarningRecordParts {
  journal: Pick<Journal, 'record'>;
  store: Pick<Store, 'fact'>;
  clock: Pick<Clock, 'wall' | 'after'>;
  warnings: Warnings;
}

interface Told {
  /** Of this version, or of another. */
  code: string;
  raised: boolean;
  detail?: string;
  /** When it happened, epoch ms. */
  at: number;
}

/**
 * Writes each change of a warning down, and in the same commit which ones are raised: so a run that begins after a power cut
 * knows what the record says, goes on with it, and clears on the record what is no longer so.
 */
export class WarningRecord {
  readonly #parts: WarningRecordParts;
  /** As the record has it: code -> when it was last found, epoch ms. Codes of another version are kept as they are. */
  #recorded: ReadonlyMap<string, number> = new Map();
  #untold: Told[] = [];
  #isWriting = false;
  #isStopped = false;
  /** What was found again has not been written down as such. */
  #isAged = false;
  #cancelRetry: () => void = () => {};
  #cancelSettle: () => void = () => {};

  constructor(parts: WarningRecordParts) {
    this.#parts = parts;
  }

  /** Goes on with what the run before had raised. Rejects when the store cannot be read. */
  async load(): Promise<void> {
    const { store, clock, warnings } = this.#parts;
    this.#recorded = raisedIn(await store.fact(FACT));
    if (this.#recorded.size === 0) return;
    const details = detailsIn(await store.fact(DETAILS_FACT));
    const known = [...this.#recorded.keys()].filter(isKnown);
    warnings.inherit(known.map((code) => [code, details.get(code)]));
    for (const code of [...this.#recorded.keys()].filter((each) => !isKnown(each)))
      this.#tell({ code, raised: false, detail: 'not known to this version' });
    this.#cancelSettle = clock.after(WARNING_RECORD.settle_ms, () => this.#settle());
  }

  /** What is not written by then is found again by the next run, or is over. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelRetry();
    this.#cancelSettle();
  }

  /** A warning was raised or cleared. Never rejects: what cannot be written now is written when it can. */
  changed(change: WarningChange): void {
    this.#tell(change);
  }

  #tell(change: Omit<Told, 'at'>): void {
    this.#untold.push({ ...change, at: this.#parts.clock.wall() });
    if (this.#untold.length > WARNING_RECORD.most) this.#untold = lastWords(this.#untold);
    void this.#write();
  }

  async #write(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#cancelRetry();
    while (this.#untold.length > 0 || this.#isAged) {
      const batch = this.#untold;
      this.#untold = [];
      if (await this.#commit(batch)) continue;
      this.#untold = [...batch, ...this.#untold];
      if (this.#isStopped) break;
      this.#cancelRetry = this.#parts.clock.after(WARNING_RECORD.retry_ms, () => void this.#write());
      break;
    }
    this.#isWriting = false;
  }

  /** Whether it is durable. */
  async #commit(batch: Told[]): Promise<boolean> {
    const { journal, clock, warnings } = this.#parts;
    const now = clock.wall();
    const recorded = this.#refreshed(now);
    for (const { code, raised, at } of batch) {
      if (raised) recorded.set(code, at);
      else recorded.delete(code);
    }
    const events = batch.map((told) => eventOf(told, now));
    try {
      await journal.record(events, {
        facts: {
          [FACT]: JSON.stringify(Object.fromEntries(recorded)),
          [DETAILS_FACT]: JSON.stringify(warnings.details()),
        },
      });
    } catch {
      // The journal has said so: in the log, and as a warning of its own.
      return false;
    }
    this.#recorded = recorded;
    this.#isAged = false;
    return true;
  }

  /** As recorded, and what this run has found is as young as now. */
  #refreshed(now: number): Map<string, number> {
    const { warnings } = this.#parts;
    const unconfirmed: string[] = warnings.unconfirmed();
    const standing: string[] = warnings.codes().filter((code) => !unconfirmed.includes(code));
    return new Map([...this.#recorded].map(([code, at]) => [code, standing.includes(code) ? now : at]));
  }

  /** What the run before had raised, and this one has looked for and not found, is over. */
  #settle(): void {
    const { warnings, clock } = this.#parts;
    const now = clock.wall();
    for (const code of warnings.unconfirmed()) {
      const age_ms = now - (this.#recorded.get(code) ?? 0);
      if (age_ms >= (BELIEVED_MS[code] ?? 0)) warnings.clear(code, 'not found again after a restart');
    }
    this.#isAged = true;
    void this.#write();
    if (warnings.unconfirmed().length > 0)
      this.#cancelSettle = clock.after(WARNING_RECORD.again_ms, () => this.#settle());
  }
}

function eventOf({ code, raised, detail, at }: Told, now: number): ReportEvent {
  const late = now - at >= WARNING_RECORD.late_ms ? `since ${instantOf(at)}` : undefined;
  const said = [detail, late].filter((part) => part !== undefined).join('; ');
  return { type: 'warning', code, raised, ...(said !== '' && { detail: said }) };
}

/** The last change of each warning, in their order. */
function lastWords(told: Told[]): Told[] {
  const last = new Map(told.map((each) => [each.code, each]));
  return told.filter((each) => last.get(each.code) === each);
}

function isKnown(code: string): code is WarningCode {
  return Object.hasOwn(WARNINGS, code);
}

/** When each was last found, epoch ms. */
function raisedIn(fact: string | undefined): Map<string, number> {
  return new Map(membersOf(fact).filter((row): row is [string, number] => Number.isSafeInteger(row[1])));
}

function detailsIn(fact: string | undefined): Map<string, string> {
  return new Map(membersOf(fact).filter((row): row is [string, string] => typeof row[1] === 'string'));
}

/** What does not read as ours was not written by us: then nothing is known. */
function membersOf(fact: string | undefined): [string, unknown][] {
  try {
    const read: unknown = JSON.parse(fact ?? '{}');
    return typeof read === 'object' && read !== null ? Object.entries(read) : [];
  } catch {
    return [];
  }
}
