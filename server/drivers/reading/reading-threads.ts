import { Worker } from 'node:worker_threads';
import type { BatchReader, BatchReading } from '../../fleet/batch-reader.ts';
import type { ReadBatch, RefusedBatch, SentBatch } from '../../fleet/report-batch.ts';
import type { Log } from '../../ports.ts';
import { askedPage, type ReadPage } from './reading-wire.ts';

/** A page of fewer is read sooner than handed over, unless this thread is busy enough that pages are under way. */
const FEW = 4;
/** So many wait for each thread that it has work while this one stores what it has read: some tens of milliseconds. */
const PAGES_A_THREAD = 8;
/** A thread that ends by itself so often is not started again: its work is done here. */
const MOST_ENDS = 5;

type Read = (ReadBatch | RefusedBatch)[];

interface Waiting {
  page: readonly SentBatch[];
  resolve: (read: Read | Promise<Read>) => void;
}

interface Thread {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

interface Options {
  /** The bundled reading-thread. */
  path: string;
  /** Most of them; each is started when there is work for it. */
  threads: number;
  /** For what is not worth a message, and for what a thread that ended leaves behind. */
  here: BatchReader;
  log: Log;
}

/**
 * Batches are read beside this thread, which has the database and the wire to attend to. A server of few halls never starts one: its
 * pages are small. What is read is the same, whoever reads it.
 */
export class ReadingThreads implements BatchReading {
  readonly atOnce: number;
  readonly #options: Options;
  readonly #threads = new Set<Thread>();
  #asked = 0;
  #ends = 0;
  #closing = false;

  constructor(options: Options) {
    this.#options = options;
    this.atOnce = options.threads * PAGES_A_THREAD;
  }

  read(page: readonly SentBatch[]): Promise<Read> {
    const thread = page.length < FEW && this.#isIdle() ? undefined : this.#freest();
    if (thread === undefined) return this.#options.here.read(page);
    return new Promise((resolve) => {
      const asked = askedPage(++this.#asked, page);
      thread.waiting.set(asked.id, { page, resolve });
      thread.worker.postMessage(asked, [asked.bytes.buffer]);
    });
  }

  /** Threads that run now. */
  get running(): number {
    return this.#threads.size;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #isIdle(): boolean {
    return [...this.#threads].every(({ waiting }) => waiting.size === 0);
  }

  /** That with the least to do; a new one where all have something. */
  #freest(): Thread | undefined {
    const [freest] = [...this.#threads].sort((a, b) => a.waiting.size - b.waiting.size);
    if (freest?.waiting.size === 0 || this.#threads.size >= this.#options.threads) return freest;
    return this.#started() ?? freest;
  }

  #started(): Thread | undefined {
    if (this.#closing || this.#ends >= MOST_ENDS) return undefined;
    const thread: Thread = { worker: new Worker(this.#options.path), waiting: new Map() };
    this.#threads.add(thread);
    const { worker, waiting } = thread;
    worker.on('message', ({ id, read }: ReadPage) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      // What cannot be read fails again here, where it is told of.
      asked?.resolve(read ?? this.#options.here.read(asked.page));
    });
    worker.on('error', (error) => this.#options.log.error({ error }, 'a thread that reads reports failed'));
    worker.once('exit', () => this.#ended(thread));
    return thread;
  }

  /** What it had not read is read here. */
  #ended(thread: Thread): void {
    this.#threads.delete(thread);
    this.#ends++;
    for (const { page, resolve } of thread.waiting.values()) resolve(this.#options.here.read(page));
  }
}
