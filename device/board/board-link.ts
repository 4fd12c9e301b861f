import { DeviceError, isDeviceError } from '../errors.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import { type BoardAnswer, BoardJob, type BoardRequest } from './board-job.ts';
import { BoardPace } from './board-pace.ts';
import { type BoardFacts, BoardSession } from './board-session.ts';
import { BOARD_TIMING, type BoardTiming } from './board-timing.ts';

export interface BoardLinkParts {
  line: ByteLine;
  clock: Clock;
  random: Random;
  log: Log;
  timing?: BoardTiming;
  /** Each frame in its one-line form, for sniffing. */
  trace?: (line: string) => void;
}

export interface RunOptions {
  /** Goes before everything that waits. */
  urgent?: boolean;
}

/**
 * The way to one board, for as long as the agent runs: keeps a session, notices when it ends, begins another. A board
 * that is missing is no error: `board` is undefined, `whyNot` says why, and it is tried again.
 */
export class BoardLink {
  readonly #parts: BoardLinkParts;
  readonly #timing: BoardTiming;
  readonly #pace = new BoardPace();
  readonly #watchers = new Set<(there: boolean) => void>();
  #session: BoardSession | undefined;
  #board: BoardFacts | undefined;
  #why = new DeviceError('panel-gone', { reason: 'not tried yet' });
  #retryMs: number;
  #cancelRetry: () => void = () => {};
  #running = false;

  constructor(parts: BoardLinkParts) {
    this.#parts = parts;
    this.#timing = parts.timing ?? BOARD_TIMING;
    this.#retryMs = this.#timing.retryFirstMs;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#connect();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelRetry();
    this.#session?.end(new DeviceError('panel-gone', { reason: 'the agent stops' }));
    await this.#parts.line.close();
  }

  /** What the board said of itself; undefined = it is not there now. */
  get board(): BoardFacts | undefined {
    return this.#board;
  }

  /** Why there is no board: `panel-gone`, `panel-silent` or `panel-version`; undefined = there is one. */
  whyNot(): DeviceError | undefined {
    return this.#board === undefined ? this.#why : undefined;
  }

  /** Calls whenever the board comes or goes; returns the way to end that. */
  onChange(call: (there: boolean) => void): () => void {
    this.#watchers.add(call);
    return () => this.#watchers.delete(call);
  }

  /**
   * Asks the board, in order and each once; resolves with the answers when all is done there. Rejects `panel-gone`,
   * `panel-silent`, `panel-version`, or `panel-refused` with the board's reason in `why`.
   */
  run(requests: Iterable<BoardRequest>, { urgent = false }: RunOptions = {}): Promise<BoardAnswer[]> {
    const job = new BoardJob(requests, urgent);
    if (this.#session === undefined || this.#board === undefined) job.fail(this.#why);
    else this.#session.take(job);
    return job.finished;
  }

  /** The largest body that suits board and line now; a generator of requests looks before each. */
  bodyBytes(): number {
    return this.#session?.bodyBytes() ?? 0;
  }

  async #connect(): Promise<void> {
    const { line, clock, trace = () => {} } = this.#parts;
    const session = new BoardSession({
      line,
      clock,
      trace,
      pace: this.#pace,
      timing: this.#timing,
      session: this.#newSession(),
      onWelcome: (board) => this.#welcomed(board),
      onEnded: (why) => void this.#ended(why),
    });
    this.#session = session;
    try {
      await session.open();
    } catch (cause) {
      const reason = isDeviceError(cause) ? cause.code : String(cause);
      session.end(new DeviceError('panel-gone', { reason }, cause));
    }
  }

  #welcomed(board: BoardFacts): void {
    this.#board = board;
    this.#retryMs = this.#timing.retryFirstMs;
    this.#parts.log.info(
      { board: board.board, firmware: board.firmware, size: sizeOf(board) },
      'the board is there',
    );
    this.#tell(true);
  }

  async #ended(why: DeviceError): Promise<void> {
    const wasThere = this.#board !== undefined;
    const isNews = wasThere || why.code !== this.#why.code;
    this.#board = undefined;
    this.#session = undefined;
    this.#why = why;
    if (this.#running && isNews) this.#parts.log.warn({ code: why.code, ...why.context }, 'no board');
    if (wasThere) this.#tell(false);
    await this.#parts.line.close();
    if (!this.#running || this.#session !== undefined) return;
    this.#cancelRetry = this.#parts.clock.after(this.#retryMs, () => void this.#connect());
    this.#retryMs = Math.min(this.#retryMs * 2, this.#timing.retryMostMs);
  }

  #tell(there: boolean): void {
    for (const call of this.#watchers) call(there);
  }

  /** Any number but 0, which a board without a session answers. */
  #newSession(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#parts.random.bytes(4);
    return ((a << 24) | (b << 16) | (c << 8) | d | 1) >>> 0;
  }
}

function sizeOf({ width, height }: BoardFacts): string {
  return `${width}x${height}`;
}
