import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `commit` as a client sends it: the type of the message, its length, the text and its end. */
const COMMIT = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1');
/** The name that a PostgreSQL without a network port is found under in its folder. */
const SOCKET = '.s.PGSQL.5432';

/**
 * Where the line of a transaction is cut. `before`: PostgreSQL never reads the commit. `while`: it has read it, and is still at it. `after`: it
 * has answered, and nobody hears it.
 */
export type Moment = 'before' | 'while' | 'after';

/** The line between a server and its PostgreSQL, which can be cut at one transaction, and then stay away. */
export class CutLine {
  /** To be named as `host`. */
  readonly folder: string;
  readonly #to: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut: { text: string; moment: Moment; staysAway: boolean } | undefined;
  #isAway = false;
  /** How often it was cut. */
  cuts = 0;

  private constructor(folder: string, cluster: string) {
    this.folder = folder;
    this.#to = join(cluster, SOCKET);
    this.#server = createServer((client) => this.#join(client));
  }

  static async to(cluster: string): Promise<CutLine> {
    const line = new CutLine(await mkdtemp(join(tmpdir(), 'prakat-cut-')), cluster);
    await new Promise<void>((resolve) => line.#server.listen(join(line.folder, SOCKET), resolve));
    return line;
  }

  /** Once, at the commit of the next transaction that says `text`. */
  cutAt(text: string, moment: Moment, { staysAway = false } = {}): void {
    this.#cut = { text, moment, staysAway };
  }

  mend(): void {
    this.#isAway = false;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.folder, { recursive: true, force: true });
  }

  #join(client: Socket): void {
    if (this.#isAway) return void client.destroy();
    const database = connect(this.#to);
    for (const socket of [client, database]) this.#sockets.add(socket.on('error', () => {}));
    let isMarked = false;
    let isDeaf = false;
    client.on('data', (bytes) => {
      const cut = this.#cut;
      if (cut !== undefined && bytes.includes(cut.text)) isMarked = true;
      if (cut === undefined || !isMarked || !bytes.includes(COMMIT)) return void database.write(bytes);
      this.#cut = undefined;
      this.cuts++;
      this.#isAway = cut.staysAway;
      isDeaf = true;
      if (cut.moment !== 'before') database.write(bytes);
      if (cut.moment === 'after') database.once('data', () => client.destroy());
      else client.destroy();
      if (cut.staysAway) for (const socket of this.#sockets) if (socket !== database) socket.destroy();
    });
    database.on('data', (bytes) => isDeaf || client.write(bytes));
    // PostgreSQL is told of the end in its turn, behind what it was sent.
    client.on('close', () => database.end());
    database.on('close', () => client.destroy());
  }
}
