import { createHash } from 'node:crypto';
import type { KeySet } from '../../../firmware-protocol/content/key-set.ts';
import type { Programme } from '../../../firmware-protocol/content/programme.ts';
import type { KeptProgramme } from '../../ports.ts';
import type { Database } from './database.ts';
import { DocumentRow, keySetOf, programmeOf } from './schema.ts';

const KEYS = 'keys';
const COLUMNS = 'name, version, sha256, raw';
const nameOfProgramme = (area: string): string => `programme/${area}`;

/** Keeps the raw text of a document in the place of the one before. Throws when it is older: accepting it was wrong. */
async function put(database: Database, name: string, version: number, raw: string): Promise<void> {
  const changed = await database.write(
    `INSERT INTO documents (name, version, sha256, raw) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, sha256 = excluded.sha256, raw = excluded.raw
     WHERE excluded.version >= version`,
    name,
    version,
    sha256Of(raw),
    raw,
  );
  if (changed === 0) throw new TypeError(`${name}: version ${version} is older than the one held`);
}

export async function putProgramme(database: Database, raw: string, programme: Programme): Promise<void> {
  await put(database, nameOfProgramme(programme.area), programme.version, raw);
}

export async function putKeys(database: Database, raw: string, set: KeySet): Promise<void> {
  await put(database, KEYS, set.version, raw);
}

/** Takes a programme away, unless it was replaced since. */
export async function dropProgramme(
  database: Database,
  { area, version }: { area: string; version: number },
): Promise<void> {
  await database.write(
    'DELETE FROM documents WHERE name = ? AND version = ?',
    nameOfProgramme(area),
    version,
  );
}

export async function dropDocument(database: Database, name: string): Promise<void> {
  await database.write('DELETE FROM documents WHERE name = ?', name);
}

/** A document as it was accepted, or the row of one that no longer is what was written. */
export interface ReadDocuments {
  programmes: KeptProgramme[];
  keys: { raw: string; set: KeySet } | undefined;
  damaged: DocumentRow[];
}

export async function readDocuments(database: Database): Promise<ReadDocuments> {
  const rows = await database.rows(DocumentRow, `SELECT ${COLUMNS} FROM documents ORDER BY name`);
  const read: ReadDocuments = { programmes: [], keys: undefined, damaged: [] };
  for (const row of rows) {
    const whole = sha256Of(row.raw) === row.sha256;
    const set = whole && row.name === KEYS ? keySetOf(row.raw) : undefined;
    const programme = whole && row.name !== KEYS ? programmeOf(row.raw) : undefined;
    if (set !== undefined) read.keys = { raw: row.raw, set };
    else if (programme !== undefined && row.name === nameOfProgramme(programme.area))
      read.programmes.push({ raw: row.raw, programme });
    else read.damaged.push(row);
  }
  return read;
}

export async function keysRow(database: Database): Promise<DocumentRow | undefined> {
  return database.row(DocumentRow, `SELECT ${COLUMNS} FROM documents WHERE name = ?`, KEYS);
}

/** Puts a salvaged row back as it was, if it still is what was written. */
export async function restoreDocument(
  database: Database,
  { name, version, sha256, raw }: DocumentRow,
): Promise<void> {
  if (sha256Of(raw) === sha256) await put(database, name, version, raw);
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
