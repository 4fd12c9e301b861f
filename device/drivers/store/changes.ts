import type { Change, Claim } from '../../ports.ts';
import type { Database } from './database.ts';
import { dropProgramme, putKeys, putProgramme } from './documents.ts';
import { onlyGrows } from './pins.ts';
import { append, forgetUpTo, type ReportRoom } from './reports.ts';

/** Writes everything that one step changes. Inside a transaction. */
export async function apply(database: Database, change: Change, room: ReportRoom): Promise<void> {
  for (const claim of change.claims ?? []) await putClaim(database, claim);
  await append(database, change.reports ?? [], room);
  for (const programme of change.withdrawn ?? []) await dropProgramme(database, programme);
  for (const { raw, programme } of change.programmes ?? []) await putProgramme(database, raw, programme);
  if (change.keys !== undefined) await putKeys(database, change.keys.raw, change.keys.set);
  if (change.receipted !== undefined) await forgetUpTo(database, change.receipted);
  if (change.forgetClaimsBefore !== undefined)
    await database.write(
      "DELETE FROM claims WHERE state = 'ended' AND keep_until < ?",
      change.forgetClaimsBefore,
    );
  for (const [name, value] of Object.entries(change.facts ?? {})) await putFact(database, name, value);
}

/** A claim that ended needs its document no more: what may fill the card is only what may still be played. */
export async function putClaim(database: Database, claim: Claim): Promise<void> {
  const { play, output, boot, at, keep_until, state, outcome, document } = claim;
  await database.write(
    `INSERT INTO claims (play, output, boot, at, keep_until, state, outcome, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (play, output) DO UPDATE SET boot = excluded.boot, at = excluded.at, keep_until = excluded.keep_until,
       state = excluded.state, outcome = excluded.outcome,
       document = CASE excluded.state WHEN 'ended' THEN NULL ELSE coalesce(excluded.document, document) END`,
    play,
    output,
    boot,
    Math.round(at),
    Math.round(keep_until),
    state,
    outcome ?? null,
    state === 'ended' ? null : (document ?? null),
  );
}

/** Facts that only grow keep the larger value (I4). */
export async function putFact(database: Database, name: string, value: string): Promise<void> {
  if (onlyGrows(name)) await raiseFact(database, name, value);
  else await writeFact(database, name, value, '');
}

/** The larger of what is held and of `value`, whole numbers. */
export async function raiseFact(database: Database, name: string, value: string): Promise<void> {
  await writeFact(database, name, value, 'WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)');
}

async function writeFact(database: Database, name: string, value: string, grows: string): Promise<void> {
  await database.write(
    `INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value ${grows}`,
    name,
    value,
  );
}
