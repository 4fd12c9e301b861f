import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { configFrom, type ServerConfig } from '../../../server/config.ts';
import { openDatabaseOf } from '../../../server/drivers/database/database.ts';
import type { Database } from '../../../server/tables.ts';

export type DatabaseKind = 'sqlite' | 'postgresql';
/** Both, where PostgreSQL is installed. */
export const DATABASES: DatabaseKind[] = PostgresCluster.canRun ? ['sqlite', 'postgresql'] : ['sqlite'];

/** Where fresh databases of one kind come from, all closed and gone with it. */
export class DatabaseSource {
  readonly #folder: string;
  readonly cluster: PostgresCluster | undefined;
  readonly #open: Database[] = [];
  #made = 0;

  private constructor(folder: string, cluster: PostgresCluster | undefined) {
    this.#folder = folder;
    this.cluster = cluster;
  }

  static async of(kind: DatabaseKind): Promise<DatabaseSource> {
    const cluster = kind === 'postgresql' ? await PostgresCluster.found() : undefined;
    return new DatabaseSource(await mkdtemp(join(tmpdir(), 'prakat-db-')), cluster);
  }

  /** What a server's configuration says of a fresh database; nothing of the one in its own folder. */
  named(): { database?: { postgres: ReturnType<PostgresCluster['database']> } } {
    return this.cluster === undefined ? {} : { database: { postgres: this.cluster.database() } };
  }

  /** The configuration of a server on a fresh database. */
  config(): ServerConfig {
    const data = `data-${++this.#made}`;
    mkdirSync(join(this.#folder, data));
    return configFrom({ data, ...this.named() }, this.#folder);
  }

  async open(config = this.config()): Promise<Database> {
    const database = await openDatabaseOf(config);
    this.#open.push(database);
    return database;
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((database) => database.close()));
    await this.cluster?.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
