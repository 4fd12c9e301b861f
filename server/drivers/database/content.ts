import { KeySet } from '../../../firmware-protocol/content/key-set.ts';
import { Programme } from '../../../firmware-protocol/content/programme.ts';
import { PictureInfo } from '../../../firmware-protocol/http/picture.ts';
import type { MediaTable, PictureTable, SpeechTable } from '../../content/media-tables.ts';
import type { PublishedVersion } from '../../programme/plan-records.ts';
import type { KeyTable, ProgrammeTable } from '../../tables.ts';
import { type Connection, jsonRows, readableJson, readJson, sql } from './connection.ts';
import { StoredSource } from './plans.ts';
import type { Schema } from './schema.ts';

export function mediaTable(db: Connection): MediaTable {
  return {
    async get(sha256) {
      const row = await db
        .selectFrom('media')
        .select(['sha256', 'bytes', 'ms', 'title', 'loudness_clufs', 'source_clufs', 'source_peak_cdb'])
        .where('sha256', '=', sha256)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const { source_clufs, source_peak_cdb, ...info } = row;
      return {
        ...info,
        ...(source_clufs !== null && { source_clufs }),
        ...(source_peak_cdb !== null && { source_peak_cdb }),
      };
    },
    async put({ uploadedBy, uploadedAt, ...info }) {
      // The same sound uploaded again stays the first one's; if it was taken away, it is back.
      await db
        .insertInto('media')
        .values({ ...info, uploaded_by: uploadedBy, uploaded_at: uploadedAt })
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ removed_at: null }))
        .execute();
    },
  };
}

export function pictureTable(db: Connection): PictureTable {
  return {
    async get(sha256) {
      const row = await db
        .selectFrom('pictures')
        .select(['sha256', 'bytes', 'width', 'height', 'frames', 'type', 'title'])
        .where('sha256', '=', sha256)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return row && PictureInfo.parse(row);
    },
    async put({ uploadedBy, uploadedAt, ...info }) {
      // As with sound.
      await db
        .insertInto('pictures')
        .values({ ...info, uploaded_by: uploadedBy, uploaded_at: uploadedAt })
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ removed_at: null }))
        .execute();
    },
  };
}

export function speechTable(db: Connection): SpeechTable {
  return {
    async get(key) {
      const row = await db.selectFrom('speech').select('sha256').where('key', '=', key).executeTakeFirst();
      return row?.sha256;
    },
    async put({ key, sha256, voice, at }) {
      await db
        .insertInto('speech')
        .values({ key, sha256, voice, made_at: at })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ sha256, made_at: at }))
        .execute();
    },
  };
}

export function programmeTable(db: Connection): ProgrammeTable {
  return {
    async current(area) {
      const row = await db
        .selectFrom('programmes')
        .selectAll()
        .where('area', '=', area)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && readJson(Programme, row.document, `programmes/${area}/${row.version}`);
    },
    heads: () => headsOf(db),
    async those(heads) {
      const rows = jsonRows(db, { area: 'text', version: 'bigint' }, heads);
      const { rows: found } = await sql<{ document: string }>`select document from ${rows}
        join programmes on programmes.area = x.area and programmes.version = x.version`.execute(db);
      return found.flatMap(({ document }) => readableJson(Programme, document) ?? []);
    },
    async published(area, limit) {
      const rows = await db
        .selectFrom('programmes')
        .selectAll()
        .where('area', '=', area)
        .orderBy('version', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => publishedOf(row));
    },
    async version(area, version) {
      const row = await db
        .selectFrom('programmes')
        .selectAll()
        .where('area', '=', area)
        .where('version', '=', version)
        .executeTakeFirst();
      return row && publishedOf(row);
    },
    async add(programme, source) {
      await db
        .insertInto('programmes')
        .values({
          area: programme.area,
          version: programme.version,
          document: JSON.stringify(programme),
          source: source === undefined ? null : JSON.stringify(source),
        })
        .execute();
    },
  };
}

function headsOf(db: Connection): Promise<{ area: string; version: number }[]> {
  return db
    .selectFrom('programmes')
    .select(({ fn }) => ['area', fn.max('version').as('version')])
    .groupBy('area')
    .orderBy('area')
    .execute();
}

function publishedOf(row: Schema['programmes']): PublishedVersion {
  const what = `programmes/${row.area}/${row.version}`;
  return {
    programme: readJson(Programme, row.document, what),
    source: row.source === null ? undefined : readJson(StoredSource, row.source, what),
  };
}

export function keyTable(db: Connection): KeyTable {
  return {
    async current() {
      const row = await db
        .selectFrom('keys')
        .selectAll()
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && readJson(KeySet, row.document, `keys/${row.version}`);
    },
    async all() {
      const rows = await db.selectFrom('keys').selectAll().orderBy('version').execute();
      return rows.map((row) => readJson(KeySet, row.document, `keys/${row.version}`));
    },
    async add(set) {
      await db
        .insertInto('keys')
        .values({ version: set.version, document: JSON.stringify(set) })
        .execute();
    },
  };
}
