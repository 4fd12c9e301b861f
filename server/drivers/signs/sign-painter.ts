import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ServerError } from '../../errors.ts';
import type { Clock, Log } from '../../ports.ts';
import type { PreviewedPage, PreviewJob, SignPainter } from '../../signs/sign-painter.ts';
import { type SignPainterAsk, SignPainterSays } from './sign-painter-wire.ts';

export const SIGN_PAINTER_LIMITS = {
  /** Jobs that wait, of all people and of one. A job is a page on one sign, some 20 ms. */
  waiting: 512,
  /** Twenty pages on six signs. */
  waitingOfOne: 120,
  /** A start takes a second or two on a small machine, a large animation as long. */
  job_ms: 15_000,
  /** Nobody types any more: its memory is given back. */
  idle_ms: 15 * 60_000,
  /** Before it is started again, doubled each time without an answer in between. */
  again_ms: 100,
  longestAgain_ms: 5_000,
  heapMegabytes: 128,
} as const;

interface Waiting {
  job: PreviewJob;
  by: string;
  resolve: (page: PreviewedPage) => void;
  reject: (why: ServerError) => void;
}

interface Options {
  /** The bundled sign-painter. */
  childPath: () => string;
  clock: Pick<Clock, 'after'>;
  log: Log;
}

/**
 * The painter in a process of its own, started with the first job, one job at a time. A job that ends it or takes too long fails alone:
 * those that wait are for the next process, which comes the later the oftener this happens.
 */
export class SignPainterProcess implements SignPainter {
  readonly #options: Options;
  readonly #waiting: Waiting[] = [];
  #child: ChildProcess | undefined;
  #underWay: (Waiting & { id: number; cancel: () => void }) | undefined;
  #jobs = 0;
  #served: string | undefined;
  #failures = 0;
  #isResting = false;
  #isClosed = false;
  #cancelIdle: () => void = () => {};
  #cancelRest: () => void = () => {};

  constructor(options: Options) {
    this.#options = options;
  }

  paint(job: PreviewJob, by: string): Promise<PreviewedPage> {
    const ofOne = this.#waiting.filter((each) => each.by === by).length;
    const { waiting, waitingOfOne } = SIGN_PAINTER_LIMITS;
    if (this.#isClosed || this.#waiting.length >= waiting || ofOne >= waitingOfOne)
      return Promise.reject(new ServerError('busy'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, by, resolve, reject });
      this.#next();
    });
  }

  /** Of the process that runs now; for tests that kill it. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelRest();
    for (const { reject } of this.#waiting.splice(0)) reject(new ServerError('busy'));
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.pid === undefined) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  #next(): void {
    if (this.#underWay !== undefined || this.#isResting || this.#isClosed) return;
    const waiting = this.#takeTurn();
    this.#cancelIdle();
    if (waiting === undefined) {
      this.#cancelIdle = this.#options.clock.after(SIGN_PAINTER_LIMITS.idle_ms, () => this.#letGo());
      return;
    }
    const child = this.#child ?? this.#start();
    const id = ++this.#jobs;
    const cancel = this.#options.clock.after(SIGN_PAINTER_LIMITS.job_ms, () => {
      this.#fail(new ServerError('preview-hung'));
      child.kill('SIGKILL');
    });
    this.#underWay = { ...waiting, id, cancel };
    const ask: SignPainterAsk = { id, ...waiting.job };
    child.stdin?.write(`${JSON.stringify(ask)}\n`);
  }

  /** Who has just been served lets another one go first: twenty pages of one do not hold up a line of another. */
  #takeTurn(): Waiting | undefined {
    const other = this.#waiting.findIndex(({ by }) => by !== this.#served);
    const [waiting] = this.#waiting.splice(Math.max(0, other), 1);
    this.#served = waiting?.by;
    return waiting;
  }

  #start(): ChildProcess {
    const { childPath, log } = this.#options;
    const child: ChildProcess = spawn(
      process.execPath,
      [`--max-old-space-size=${SIGN_PAINTER_LIMITS.heapMegabytes}`, childPath()],
      // Two arenas: glibc keeps one of up to 64 MB for each thread of the font engine otherwise.
      { env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, LANG: 'C.UTF-8', MALLOC_ARENA_MAX: '2' } },
    );
    this.#child = child;
    child.on('error', (error) => {
      log.error({ error }, 'the sign painter could not be started');
      if (child.pid === undefined) this.#ended(child, null, null);
    });
    child.once('close', (code, signal) => this.#ended(child, code, signal));
    const { stdin, stdout, stderr } = child;
    // Out of descriptors (EMFILE) a child has no ends, and says so by `error`.
    if (!stdin || !stdout || !stderr) return child;
    stdin.on('error', () => {});
    createInterface({ input: stdout }).on('line', (line) => this.#hear(child, line));
    createInterface({ input: stderr }).on('line', (line) => log.warn({ line }, 'the sign painter complains'));
    return child;
  }

  #hear(child: ChildProcess, line: string): void {
    const says = readSays(line);
    if (says === undefined) {
      child.kill('SIGKILL');
      return;
    }
    const job = this.#underWay;
    if (this.#child !== child || job?.id !== says.id) return;
    this.#failures = 0;
    if (says.last) this.#letGo();
    this.#underWay = undefined;
    job.cancel();
    if (says.painted !== undefined) job.resolve(says.painted);
    else job.reject(new ServerError('preview-failed', { context: { why: says.failed ?? '' } }));
    this.#next();
  }

  /** The next job has a process of its own. */
  #letGo(): void {
    this.#child?.stdin?.end();
    this.#child = undefined;
  }

  #fail(why: ServerError): void {
    const job = this.#underWay;
    this.#underWay = undefined;
    job?.cancel();
    job?.reject(why);
  }

  /** Once for each child: one that could not be started tells it by `error`, and by `close` or not. */
  #ended(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#fail(new ServerError('preview-failed', { context: { why: String(signal ?? code) } }));
    if (this.#isClosed) return;
    const { again_ms, longestAgain_ms } = SIGN_PAINTER_LIMITS;
    const wait = Math.min(again_ms * 2 ** this.#failures++, longestAgain_ms);
    this.#options.log.error({ code, signal, wait_ms: wait }, 'the sign painter ended');
    this.#isResting = true;
    this.#cancelRest = this.#options.clock.after(wait, () => {
      this.#isResting = false;
      this.#next();
    });
  }
}

/** Undefined = it is not that. */
function readSays(line: string): SignPainterSays | undefined {
  try {
    return SignPainterSays.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
