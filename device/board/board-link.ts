import { ONLY_BOARD } from '../../firmware-protocol/serial/header.ts';
import { FIRST_RATE } from '../../firmware-protocol/serial/line.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import type { BoardAnswer, BoardRequest } from './board-job.ts';
import type { BoardFacts } from './board-mouth.ts';
import { BoardPace } from './board-pace.ts';
import type { Probed } from './board-probes.ts';
import { BoardRates } from './board-rates.ts';
import { BoardSession } from './board-session.ts';
import { BOARD_TIMING, type BoardTiming } from './board-timing.ts';
import type { LineTurns } from './line-turns.ts';
import { settleRate } from './settle-rate.ts';

/** A faster rate that loses more than this gains nothing over the next lower one, which is half as fast. */
const MOST_LOST_SHARE = 1 / 3;
/** A probe that did not come back by then is lost, on the slowest line too. */
const PROBE_MS = 2_000;

export interface BoardLinkParts {
  line: ByteLine;
  /** Of the board on a line that several share, 1 to 254; the line and its turns are then of a `SharedLine`. */
  address?: number | undefined;
  turns?: LineTurns | undefined;
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
  readonly #rates = new BoardRates();
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
    if (this.#session === undefined || this.#board === undefined) return Promise.reject(this.#why);
    return this.#session.run(requests, urgent);
  }

  /** Baud of the session, where the line has rates. */
  get baud(): number {
    return this.#rates.now;
  }

  /**
   * Measures the line: bytes of filler there, and `back` of it here. Undefined = lost. Rejects `panel-cannot` where the board has
   * no probes, or as `run`.
   */
  async probe(bytes: number, back: number): Promise<Probed | undefined> {
    if (this.#session === undefined || this.#board === undefined) throw this.#why;
    if (!this.#board.fitted.includes('probe')) throw new DeviceError('panel-cannot', { what: 'probe' });
    return await this.#session.probe(bytes, back, PROBE_MS);
  }

  /** The largest body that suits board and line now; a generator of requests looks before each. */
  bodyBytes(): number {
    return this.#session?.bodyBytes() ?? 0;
  }

  async #connect(): Promise<void> {
    const { line, clock, address = ONLY_BOARD, turns, trace = () => {} } = this.#parts;
    this.#rates.now = FIRST_RATE;
    this.#pace.begin();
    const session: BoardSession = new BoardSession({
      ...{ line, clock, address, turns, trace },
      pace: this.#pace,
      timing: this.#timing,
      session: this.#newSession(),
      onWelcome: (board) => void this.#welcomed(session, board),
      onIdle: () => this.#judgeRate(session),
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

  async #welcomed(session: BoardSession, board: BoardFacts): Promise<void> {
    await settleRate(session, board, { ...this.#parts, rates: this.#rates });
    if (session.over) return;
    this.#board = board;
    this.#retryMs = this.#timing.retryFirstMs;
    this.#parts.log.info(
      { board: board.board, firmware: board.firmware, size: sizeOf(board), baud: this.#rates.now },
      'the board is there',
    );
    this.#tell(true);
  }

  /** Between pages, so that nothing is cut short: a rate that loses too much ends with its session. */
  #judgeRate(session: BoardSession): void {
    const { now } = this.#rates;
    if (now === FIRST_RATE || this.#pace.lostShare < MOST_LOST_SHARE) return;
    this.#rates.failed(now, this.#parts.clock.monotonic());
    session.end(new DeviceError('panel-silent', { rate: now, lostShare: this.#pace.lostShare }));
  }

  async #ended(why: DeviceError): Promise<void> {
    const wasThere = this.#board !== undefined;
    const isNews = wasThere || why.code !== this.#why.code;
    this.#board = undefined;
    this.#session = undefined;
    this.#why = why;
    // Frames that never get through: the rate is to blame before the cable is.
    if ('sends' in why.context && this.#rates.now !== FIRST_RATE)
      this.#rates.failed(this.#rates.now, this.#parts.clock.monotonic());
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
