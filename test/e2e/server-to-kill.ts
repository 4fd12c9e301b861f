import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PostgresCluster } from '../../scripts/bench/ingest/postgres-cluster.ts';
import { configFrom, type ServerConfig } from '../../server/config.ts';
import { type Connection, sqliteConnection } from '../../server/drivers/database/connection.ts';
import { openSqlite } from '../../server/drivers/database/libsql.ts';
import { openPostgresConnection } from '../../server/drivers/database/postgres-database.ts';
import { freePort } from '../integration/broker/mosquitto-process.ts';
import { ServerProcess } from './server-process.ts';
import { until } from './setting.ts';

/** A server that is started, killed and started again: broker and database its own, one person enough for everything. */
export class ServerToKill {
  readonly config: ServerConfig;
  /** The process of now. */
  process: ServerProcess;
  readonly #file: string;

  private constructor(file: string, config: ServerConfig) {
    this.#file = file;
    this.config = config;
    this.process = new ServerProcess(file, config.http.port);
  }

  /** Up for the first time. */
  static async on(folder: string, cluster: PostgresCluster | undefined): Promise<ServerToKill> {
    const postgres = cluster?.database();
    const [port, http] = [await freePort(), await freePort()];
    const text = {
      data: join(folder, 'data'),
      ...(postgres && { database: { postgres } }),
      approvals: { alone: ['th'], step_up: false, quiet: [] },
      broker: { kind: 'embedded', host: '127.0.0.1', port },
      http: { host: '127.0.0.1', port: http },
    };
    const file = join(folder, 'server.json');
    await writeFile(file, JSON.stringify(text));
    const server = new ServerToKill(file, configFrom(text, folder));
    await server.#isUp();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.config.http.port}`;
  }

  begin(): void {
    this.process = new ServerProcess(this.#file, this.config.http.port);
  }

  async start(): Promise<void> {
    this.begin();
    await this.#isUp();
  }

  async kill(): Promise<void> {
    this.process.signal('SIGKILL');
    await this.process.end();
  }

  /** A connection of our own to its database. */
  async look(): Promise<Connection> {
    const { data, database } = this.config;
    return database === 'sqlite'
      ? sqliteConnection(openSqlite(join(data, 'server.db')))
      : openPostgresConnection(database.postgres);
  }

  async #isUp(): Promise<void> {
    await until(() => expect(this.process.log).toContain('the server is up'));
  }
}
