import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';
import type { Change } from '../../ports.ts';
import { raiseFact } from './changes.ts';
import type { Database } from './database.ts';
import { keysRow, putKeys } from './documents.ts';
import { openDatabase } from './open.ts';
import { isPinned, PINS_NAME, type PinKeeper, readPins } from './pins.ts';
import { Quarantine } from './quarantine.ts';
import { refill, skipGivenNumbers } from './rebuild.ts';
import { append, readHead } from './reports.ts';
import { salvage } from './salvage.ts';
import { FactRow, keySetOf } from './schema.ts';

export interface FilesParts {
  folder: string;
  wall: () => number;
  budgetBytes: number;
  maxBytes: number;
}

/** The files of a store, open: `store.db`, `pins.json` and the folder `quarantine`. */
export interface StoreFiles {
  database: Database;
  pins: PinKeeper;
  quarantine: Quarantine;
  /** Appends what the store itself has to tell. Inside a transaction. */
  tell(events: ReportEvent[]): Promise<void>;
}

/** Opens or makes the files, and brings database and pins to the higher of what either knows. */
export async function openFiles({ folder, wall, budgetBytes, maxBytes }: FilesParts): Promise<StoreFiles> {
  await mkdir(folder, { recursive: true });
  const quarantine = new Quarantine(join(folder, 'quarantine'), wall);
  const pinsPath = join(folder, PINS_NAME);
  const { keeper: pins, state } = await readPins(pinsPath);
  const tellIn = (database: Database, events: ReportEvent[]) => {
    // The agent has not begun this boot yet: the last one known, and a clock that nobody has vouched for.
    const stamp = { at: instantOf(wall()), trust: 'none', boot: pins.pinned.facts.boot ?? 0 } as const;
    return append(
      database,
      events.map((event) => ({ ...stamp, event })),
      // A store that is being opened or mended needs no room on the disk for it; what was given goes into the pins after.
      { budgetBytes, reserve: async () => {} },
    );
  };
  const path = join(folder, 'store.db');
  const place = { path, maxBytes, known: state !== 'absent' };
  const database = await openDatabase(place, async (successor) => {
    const kept = await quarantine.keepFile(path);
    const saved = await quarantine.readCopy(kept.path, salvage);
    const lost = await refill(successor, saved, pins.pinned.reserved, wall());
    await tellIn(successor, [kept.event, ...lost]);
  });
  const damagedPins = state === 'damaged' ? [(await quarantine.keepFile(pinsPath)).event] : [];
  await database.transaction(async () => {
    const head = await readHead(database);
    const skipped = await skipGivenNumbers(database, head, pins.pinned.reserved);
    await raiseDatabase(database, pins);
    await tellIn(database, [...damagedPins, ...skipped]);
  });
  await pins.raise(await grownIn(database, pins));
  return { database, pins, quarantine, tell: (events) => tellIn(database, events) };
}

/** What of a change goes into the pins as well. */
export function grownBy(change: Change): Parameters<PinKeeper['raise']>[0] {
  const facts = Object.entries(change.facts ?? {}).map(([name, value]) => ({ name, value }));
  return {
    facts: grownFacts(facts),
    ...(change.keys === undefined ? {} : { keys: change.keys.raw }),
  };
}

async function grownIn(database: Database, pins: PinKeeper): Promise<Parameters<PinKeeper['raise']>[0]> {
  const { n } = await readHead(database);
  const facts = grownFacts(await database.rows(FactRow, 'SELECT name, value FROM facts'));
  const held = await keysRow(database);
  const newer = held !== undefined && held.version > pinnedKeysVersion(pins);
  return { reserved: n, facts, ...(newer ? { keys: held.raw } : {}) };
}

function grownFacts(facts: { name: string; value: string }[]): Record<string, number> {
  const grown = facts
    .filter(({ name, value }) => isPinned(name) && Number.isSafeInteger(Number(value)) && Number(value) >= 0)
    .map(({ name, value }) => [name, Number(value)] as const);
  return Object.fromEntries(grown);
}

/** Gives the database what the pins know better, and the key set when its own was damaged or lost. */
export async function raiseDatabase(database: Database, pins: PinKeeper): Promise<void> {
  for (const [name, value] of Object.entries(pins.pinned.facts))
    await raiseFact(database, name, String(value));
  const raw = pins.pinned.keys;
  const set = raw === undefined ? undefined : keySetOf(raw);
  if (raw === undefined || set === undefined) return;
  if (set.version > ((await keysRow(database))?.version ?? 0)) await putKeys(database, raw, set);
}

function pinnedKeysVersion({ pinned }: PinKeeper): number {
  return pinned.keys === undefined ? 0 : (keySetOf(pinned.keys)?.version ?? 0);
}
