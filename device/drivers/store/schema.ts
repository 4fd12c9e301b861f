import { z } from 'zod';
import { Output } from '../../../firmware-protocol/content/band.ts';
import { KeySet } from '../../../firmware-protocol/content/key-set.ts';
import { Programme } from '../../../firmware-protocol/content/programme.ts';
import { FIRST_PREV, hashOf, Outcome, Report } from '../../../firmware-protocol/content/report.ts';
import type { Claim } from '../../ports.ts';

/** `PRAGMA user_version` of a file that this program can use. */
export const SCHEMA_VERSION = 1;

export const SCHEMA = `
CREATE TABLE claims (
  play TEXT NOT NULL, output TEXT NOT NULL, boot INTEGER NOT NULL, at INTEGER NOT NULL, keep_until INTEGER NOT NULL,
  state TEXT NOT NULL, outcome TEXT, document TEXT, PRIMARY KEY (play, output)) STRICT;
CREATE INDEX claims_open ON claims (state, at);
CREATE TABLE reports (n INTEGER PRIMARY KEY, type TEXT NOT NULL, hash TEXT NOT NULL, bytes INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX reports_type ON reports (type, n);
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL, hash TEXT NOT NULL, bytes INTEGER NOT NULL) STRICT;
CREATE TABLE documents (name TEXT PRIMARY KEY, version INTEGER NOT NULL, sha256 TEXT NOT NULL, raw TEXT NOT NULL) STRICT;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO head (one, n, hash, bytes) VALUES (1, 0, '${FIRST_PREV}', 0);
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** The last number given, its hash, and the bytes of all bodies held. */
export const HeadRow = z.object({ n: z.int(), hash: z.string(), bytes: z.int() });

const given = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined);

export const ClaimRow = z
  .object({
    play: z.string(),
    output: Output,
    boot: z.int(),
    at: z.int(),
    keep_until: z.int(),
    state: z.enum(['accepted', 'started', 'ended']),
    outcome: given(Outcome),
    document: given(z.string()),
  })
  .transform(
    ({ outcome, document, ...claim }): Claim => ({
      ...claim,
      ...(outcome === undefined ? {} : { outcome }),
      ...(document === undefined ? {} : { document }),
    }),
  );

export const CLAIM_COLUMNS = 'play, output, boot, at, keep_until, state, outcome, document';

/** The fact of a store that lost claims: the epoch ms before which it cannot say what was claimed. */
export const FORGOT_BEFORE = 'forgot-before';

export const CLAIMED = `SELECT
  (SELECT json_group_array(DISTINCT play) FROM claims WHERE play IN (SELECT value FROM json_each(?))) AS plays,
  (SELECT CAST(value AS INTEGER) FROM facts WHERE name = ?) AS forgot_before`;

export const KnownRow = z.object({
  plays: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  forgot_before: given(z.int()),
});

export const ReportRow = z.object({ n: z.int(), hash: z.string(), body: z.string() });
export type ReportRow = z.infer<typeof ReportRow>;

export const DocumentRow = z.object({
  name: z.string(),
  version: z.int(),
  sha256: z.string(),
  raw: z.string(),
});
export type DocumentRow = z.infer<typeof DocumentRow>;

export const FactRow = z.object({ name: z.string(), value: z.string() });
export const CountRow = z.object({ count: z.int() });
export const HashRow = z.object({ hash: z.string() });

/** The report of a row, or undefined when its bytes are not what was written. */
export function reportOf({ n, hash, body }: ReportRow): Report | undefined {
  const read = parsed(Report, body);
  return read !== undefined && read.n === n && hashOf(read) === hash ? read : undefined;
}

export const programmeOf = (raw: string): Programme | undefined => parsed(Programme, raw);
export const keySetOf = (raw: string): KeySet | undefined => parsed(KeySet, raw);

/** JSON text read with a schema; undefined when it is not that. */
export function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
