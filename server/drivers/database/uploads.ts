import { z } from 'zod';
import { AreaCode } from '../../../firmware-protocol/content/area.ts';
import { LibraryKind } from '../../../firmware-protocol/mqtt/library-requests.ts';
import type { RemovedFiles, UploadRow, UploadTable } from '../../content/upload-records.ts';
import { type Connection, readJson, sql } from './connection.ts';

/** Tables whose rows are files. */
const FILES = ['media', 'pictures'] as const;
const Areas = z.array(AreaCode);

/** Steps for who put what into the library, and what was taken out of it. */
export const UPLOAD_MIGRATIONS = {
  '024-uploads': async (db: Connection) => {
    const { schema } = db;
    await schema
      .createTable('uploads')
      .addColumn('sha256', 'varchar(64)', (column) => column.notNull())
      .addColumn('by', 'varchar(32)', (column) => column.notNull())
      .addColumn('kind', 'varchar(16)', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('areas', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('shared', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('uploads_key', ['sha256', 'by'])
      .execute();
    await schema.createIndex('uploads_by_time').on('uploads').columns(['at', 'sha256', 'by']).execute();
    await schema.alterTable('media').addColumn('source_clufs', 'integer').execute();
    await schema.alterTable('media').addColumn('source_peak_cdb', 'integer').execute();
    for (const table of FILES) await schema.alterTable(table).addColumn('removed_at', 'bigint').execute();
    // What was there before stands for the areas that its owner has now; what the server made for itself has no owner.
    await sql`insert into uploads (sha256, "by", kind, title, areas, at, shared)
      select media.sha256, operators."user",
        case when media.sha256 in (select sha256 from speech) then 'speech' else 'sound' end,
        media.title, operators.areas, media.uploaded_at, 0
      from media join operators on operators."user" = media.uploaded_by`.execute(db);
    await sql`insert into uploads (sha256, "by", kind, title, areas, at, shared)
      select pictures.sha256, operators."user", 'picture', pictures.title, operators.areas, pictures.uploaded_at, 0
      from pictures join operators on operators."user" = pictures.uploaded_by`.execute(db);
  },
};

export function uploadTable(db: Connection): UploadTable {
  return {
    async page({ after, sha256, limit }) {
      const rows = await pageOf(db, after, sha256).limit(limit).execute();
      return rows.flatMap(rowOf);
    },
    async put({ areas, shared, ...record }) {
      const row = { ...record, areas: JSON.stringify(areas), shared: shared ? 1 : 0 };
      await db
        .insertInto('uploads')
        .values(row)
        .onConflict((conflict) => conflict.columns(['sha256', 'by']).doNothing())
        .execute();
    },
    async change(sha256, by, { title, shared }) {
      await db
        .updateTable('uploads')
        .set({
          ...(title !== undefined && { title }),
          ...(shared !== undefined && { shared: shared ? 1 : 0 }),
        })
        .where('sha256', '=', sha256)
        .where('by', '=', by)
        .execute();
    },
    async drop(sha256, by) {
      await db.deleteFrom('uploads').where('sha256', '=', sha256).where('by', '=', by).execute();
    },
  };
}

/** The newest first. */
function pageOf(db: Connection, after: string | undefined, sha256: string | undefined) {
  const [at, hash = '', by = ''] = after?.split('/') ?? [];
  return db
    .selectFrom('uploads')
    .leftJoin('media', 'media.sha256', 'uploads.sha256')
    .leftJoin('pictures', 'pictures.sha256', 'uploads.sha256')
    .selectAll('uploads')
    .select([
      ...(['media.bytes as media_bytes', 'ms', 'loudness_clufs', 'source_clufs', 'source_peak_cdb'] as const),
      ...(['pictures.bytes as picture_bytes', 'width', 'height', 'frames', 'type'] as const),
    ])
    .$if(at !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('uploads.at', 'uploads.sha256', 'uploads.by'), '<', tuple(Number(at), hash, by)),
      ),
    )
    .$if(sha256 !== undefined, (query) => query.where('uploads.sha256', '=', sha256 ?? ''))
    .orderBy('uploads.at', 'desc')
    .orderBy('uploads.sha256', 'desc')
    .orderBy('uploads.by', 'desc');
}

type Row = Awaited<ReturnType<ReturnType<typeof pageOf>['execute']>>[number];

/** An entry whose file is not known, as after a damage, is none. */
function rowOf(row: Row): UploadRow[] {
  const { width, height, frames, type } = row;
  const bytes = row.media_bytes ?? row.picture_bytes;
  if (bytes === null) return [];
  const isPicture = width !== null && height !== null && frames !== null && type !== null;
  return [
    {
      ...{ sha256: row.sha256, by: row.by, title: row.title, at: Number(row.at), bytes: Number(bytes) },
      kind: LibraryKind.parse(row.kind),
      areas: readJson(Areas, row.areas, `uploads/${row.sha256}`),
      shared: row.shared === 1,
      sound:
        row.ms === null
          ? undefined
          : {
              ms: Number(row.ms),
              clufs: row.loudness_clufs ?? 0,
              sourceClufs: row.source_clufs,
              sourcePeakCdb: row.source_peak_cdb,
            },
      picture: isPicture ? { width, height, frames, type } : undefined,
    },
  ];
}

export function removedFiles(db: Connection): RemovedFiles {
  return {
    async remove(sha256, at) {
      for (const table of FILES)
        await db.updateTable(table).set({ removed_at: at }).where('sha256', '=', sha256).execute();
    },
    async bringBack(sha256) {
      for (const table of FILES)
        await db.updateTable(table).set({ removed_at: null }).where('sha256', '=', sha256).execute();
    },
    async before(at) {
      const found = await Promise.all(
        FILES.map((table) => db.selectFrom(table).select('sha256').where('removed_at', '<', at).execute()),
      );
      return found.flat().map(({ sha256 }) => sha256);
    },
    async forget(sha256) {
      for (const table of FILES)
        await db.deleteFrom(table).where('sha256', '=', sha256).where('removed_at', 'is not', null).execute();
      await db.deleteFrom('speech').where('sha256', '=', sha256).execute();
    },
  };
}
