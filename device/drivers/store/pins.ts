import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalJson } from '../../../firmware-protocol/content/canonical-json.ts';
import { replaceFile } from '../atomic-file.ts';
import { errnoOf } from '../disk-error.ts';
import { parsed } from './schema.ts';

/**
 * What may never go down, kept a second time outside the database, so that a quarantined database takes neither the
 * trust nor the counters with it (I4): the key set, the highest versions and boot, and how far report numbers are
 * reserved. A number once sent must not be given again, or the server would hold two truths under one number.
 */
export const Pinned = z.object({
  format: z.literal(1),
  /** No report number above this was ever given. */
  reserved: z.int().min(0),
  /** Those that `isPinned` names, as whole numbers. */
  facts: z.record(z.string(), z.int().min(0)),
  /** The key set as received. */
  keys: z.string().optional(),
});
export type Pinned = z.infer<typeof Pinned>;

/** Where they lie in the folder of a store. */
export const PINS_NAME = 'pins.json';

const PinsFile = z.object({ pinned: Pinned, sha256: z.string() });

const NOTHING_PINNED: Pinned = { format: 1, reserved: 0, facts: {} };

/** How many report numbers are reserved at a time: one more fsync in so many reports, and no longer gap after a loss. */
export const RESERVE_REPORTS = 1_000;

/** Facts that only grow: `boot` and `programme-floor/<area>/<key>`. */
export function onlyGrows(fact: string): boolean {
  return fact === 'boot' || fact.startsWith('programme-floor/');
}

/** With them, what is known again after a loss: `wall-floor`, which goes back by the word of a server alone. */
export function isPinned(fact: string): boolean {
  return onlyGrows(fact) || fact === 'wall-floor';
}

/** The larger of each that only grows, the key set and whatever else of `b` where it has it. `a` itself where nothing is new. */
function raised(a: Pinned, b: Partial<Omit<Pinned, 'format'>>): Pinned {
  const grown = Object.entries(b.facts ?? {}).filter(([name, value]) =>
    onlyGrows(name) ? value > (a.facts[name] ?? -1) : value !== a.facts[name],
  );
  const isSame = grown.length === 0 && (b.reserved ?? 0) <= a.reserved && (b.keys ?? a.keys) === a.keys;
  if (isSame) return a;
  const facts = { ...a.facts, ...Object.fromEntries(grown) };
  const keys = b.keys ?? a.keys;
  return {
    format: 1,
    reserved: Math.max(a.reserved, b.reserved ?? 0),
    facts,
    ...(keys === undefined ? {} : { keys }),
  };
}

/** The pins in memory and on the disk; what could not be written yet is written with the next change. */
export class PinKeeper {
  readonly #path: string;
  #pinned: Pinned;
  /** As they are on the disk. The same object where nothing has grown, so that a commit need not write and sum their text to know it. */
  #written: Pinned | undefined;

  constructor(path: string, pinned: Pinned, written: boolean) {
    this.#path = path;
    this.#pinned = pinned;
    this.#written = written ? pinned : undefined;
  }

  get pinned(): Pinned {
    return this.#pinned;
  }

  /** Makes sure that `count` numbers after `head` may be given. Rejects with the system's error. */
  async reserve(head: number, count: number): Promise<void> {
    if (count > RESERVE_REPORTS) throw new TypeError(`${count} reports at once`);
    if (head + count <= this.#pinned.reserved) return;
    const before = this.#pinned;
    this.#pinned = raised(before, { reserved: head + RESERVE_REPORTS });
    try {
      await this.#write();
    } catch (error) {
      this.#pinned = before;
      throw error;
    }
  }

  /** Raises what has grown. When it cannot be written it is kept in mind and the rejection tells why. */
  async raise(more: Partial<Omit<Pinned, 'format'>>): Promise<void> {
    this.#pinned = raised(this.#pinned, more);
    await this.#write();
  }

  async #write(): Promise<void> {
    const pinned = this.#pinned;
    if (pinned === this.#written) return;
    await replaceFile(this.#path, textOf(pinned), 0o600);
    this.#written = pinned;
  }
}

export interface ReadPins {
  keeper: PinKeeper;
  /** `absent`: the first start, or it was taken away; `damaged`: there is a file, and it is not what was written. */
  state: 'whole' | 'absent' | 'damaged';
}

export async function readPins(path: string): Promise<ReadPins> {
  const text = await readFile(path, 'utf8').catch((error: unknown) =>
    errnoOf(error) === 'ENOENT' ? undefined : '',
  );
  if (text === undefined) return { keeper: new PinKeeper(path, NOTHING_PINNED, false), state: 'absent' };
  const file = parsed(PinsFile, text);
  return file !== undefined && file.sha256 === sumOf(file.pinned)
    ? { keeper: new PinKeeper(path, file.pinned, true), state: 'whole' }
    : { keeper: new PinKeeper(path, NOTHING_PINNED, false), state: 'damaged' };
}

function textOf(pinned: Pinned): string {
  return JSON.stringify({ pinned, sha256: sumOf(pinned) });
}

function sumOf(pinned: Pinned): string {
  return createHash('sha256').update(canonicalJson(pinned)).digest('hex');
}
