import { FRAMES, type FrameBody, readMessage } from '../../firmware-protocol/serial/catalogue.ts';
import type { Frame } from '../../firmware-protocol/serial/frame.ts';
import { type Header, VERSION } from '../../firmware-protocol/serial/header.ts';
import { errorName } from '../../firmware-protocol/serial/system.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import { BoardFloor } from './board-floor.ts';
import { BoardInbox } from './board-inbox.ts';
import { type BoardAnswer, BoardJob, type BoardRequest } from './board-job.ts';
import { type BoardFacts, BoardMouth } from './board-mouth.ts';
import type { BoardPace } from './board-pace.ts';
import { BoardProbes, type Probed } from './board-probes.ts';
import { BoardPulse } from './board-pulse.ts';
import { type Asked, BoardRequests } from './board-requests.ts';
import type { BoardTiming } from './board-timing.ts';
import type { Flying } from './board-window.ts';
import type { LineTurns } from './line-turns.ts';

export interface SessionParts {
  line: ByteLine;
  clock: Clock;
  pace: BoardPace;
  timing: BoardTiming;
  address: number;
  /** Present on a line that several boards share. */
  turns?: LineTurns | undefined;
  /** Not 0; another than the last. */
  session: number;
  onWelcome: (board: BoardFacts) => void;
  /** Whenever nothing is under way; may end the session. */
  onIdle: () => void;
  /** Once, whatever ended it; the jobs have been failed with the same error. */
  onEnded: (why: DeviceError) => void;
  /** Each frame in its one-line form. */
  trace: (line: string) => void;
}

/**
 * One session with a board, from hello until something ends it. Wires and timers only wake it; all work is done in
 * `#turn`: read what came, look at the clock, write what may go.
 */
export class BoardSession {
  readonly #parts: SessionParts;
  readonly #inbox: BoardInbox;
  readonly #requests: BoardRequests;
  readonly #pulse: BoardPulse;
  readonly #mouth: BoardMouth;
  readonly #floor: BoardFloor;
  readonly #probes = new BoardProbes();
  #turnDue = false;
  #writing = false;
  #over: DeviceError | undefined;
  #cancelTimer: () => void = () => {};

  constructor(parts: SessionParts) {
    const { timing, clock, address, turns, trace } = parts;
    this.#parts = parts;
    this.#inbox = new BoardInbox(address, trace);
    this.#requests = new BoardRequests(timing);
    this.#pulse = new BoardPulse(timing, clock.monotonic());
    this.#floor = new BoardFloor(turns, timing);
    const own = { pulse: this.#pulse, requests: this.#requests, shared: this.#floor.shared };
    this.#mouth = new BoardMouth({ ...parts, ...own });
  }

  /** Rejects `line-gone`; resolves when the line is open, which says nothing of the board yet. */
  async open(): Promise<void> {
    await this.#parts.line.open({
      onBytes: (bytes) => {
        this.#inbox.put(bytes);
        this.#wake();
      },
      onClosed: (reason) => this.end(new DeviceError('panel-gone', { reason })),
    });
    // Ended while the line was opening: what opened late is closed again.
    if (this.#over !== undefined) await this.#parts.line.close();
    this.#wake();
  }

  get over(): boolean {
    return this.#over !== undefined;
  }

  /** Answers in order, when all is done. Rejects as `BoardLink.run`. */
  run(requests: Iterable<BoardRequest>, urgent: boolean): Promise<BoardAnswer[]> {
    const job = new BoardJob(requests, urgent);
    if (this.#over !== undefined) job.fail(this.#over);
    else this.#requests.take(job);
    this.#wake();
    return job.finished;
  }

  /** Sends so many bytes of filler there and wants `back` of them here; undefined = lost, or not within `withinMs`. */
  probe(bytes: number, back: number, withinMs: number): Promise<Probed | undefined> {
    const now = this.#parts.clock.monotonic();
    const { body, result } = this.#probes.ask(bytes, back, now, now + withinMs);
    this.#mouth.sign('probe', body);
    this.#wake();
    return result;
  }

  /** Bytes of body that suit the board, the line's rate and its noise at this moment. */
  bodyBytes(): number {
    return this.#mouth.bodyBytes();
  }

  end(why: DeviceError): void {
    if (this.#over !== undefined) return;
    this.#over = why;
    this.#cancelTimer();
    this.#floor.leave(false);
    this.#probes.dropOverdue(Number.POSITIVE_INFINITY);
    this.#requests.failAll(why);
    for (const { load } of this.#mouth.window?.inFlight() ?? []) load.job.fail(why);
    this.#parts.onEnded(why);
  }

  #wake(): void {
    if (this.#turnDue || this.#over !== undefined) return;
    this.#turnDue = true;
    queueMicrotask(() => this.#turn());
  }

  #turn(): void {
    this.#turnDue = false;
    for (const frame of this.#inbox.read()) this.#hear(frame);
    if (this.#mouth.board !== undefined && this.#mouth.idle) this.#parts.onIdle();
    this.#lookAtClock();
    this.#write();
    this.#setTimer();
  }

  #hear({ header, body }: Frame): void {
    if (this.#over !== undefined) return;
    if (header.major !== VERSION.major) {
      this.end(new DeviceError('panel-version', { ours: VERSION.major, board: header.major }));
      return;
    }
    const message = readMessage(header.type, body);
    if (typeof message === 'string') return;
    const now = this.#parts.clock.monotonic();
    if (message.name === 'welcome') this.#begin(message.body);
    const { window } = this.#mouth;
    if (window === undefined) return;

    if (message.name === 'error') this.#refused(header, message.body);
    this.#acknowledged(window.heard(header));
    if (message.name === 'pong') this.#ponged(message.body);
    else if (message.name === 'probed') this.#probes.heard(message.body, now);
    else this.#requests.answered(header.sequence, message);
    this.#pulse.heard(now, !window.empty || this.#requests.awaitsAnswers);
  }

  #begin(facts: BoardFacts): void {
    if (facts.session !== this.#parts.session) return;
    this.#floor.heardEnd();
    if (this.#mouth.board !== undefined) return;
    this.#mouth.begin(facts);
    this.#parts.onWelcome(facts);
  }

  #refused({ sequenced, sequence }: Header, { code, about }: FrameBody<'error'>): void {
    const why = errorName(code);
    if (why === 'no-session') this.end(new DeviceError('panel-gone', { reason: 'the board restarted' }));
    const asked = this.#mouth.window
      ?.inFlight()
      .find((flying) => sequenced && flying.sequence === sequence)?.load;
    if (asked === undefined || FRAMES[asked.request.name].id !== about) return;
    asked.job.fail(new DeviceError('panel-refused', { why, about: asked.request.name }));
  }

  #acknowledged({ done, lost }: { done: Flying<Asked>[]; lost: Flying<Asked>[] }): void {
    for (const { sequence, load } of done) {
      this.#parts.pace.arrived(this.#mouth.mostBodyBytes());
      this.#requests.acknowledged(sequence, load, this.#parts.clock.monotonic());
    }
    for (const _each of lost) this.#parts.pace.lost();
  }

  #ponged({ token, session }: FrameBody<'pong'>): void {
    if (session !== this.#parts.session)
      this.end(new DeviceError('panel-gone', { reason: 'the board restarted' }));
    const mark = this.#pulse.answered(token);
    if (mark !== undefined)
      this.#acknowledged({ done: [], lost: this.#mouth.window?.lostBefore(mark) ?? [] });
    this.#floor.heardEnd(token);
  }

  #lookAtClock(): void {
    const now = this.#parts.clock.monotonic();
    this.#probes.dropOverdue(now);
    this.#requests.askOverdueAgain(now);
    this.#floor.look(now);
    if (!this.#floor.shared && now >= this.#pulse.dueAt) this.#giveSign(now);
  }

  /** Hello, a ping (its token), or the end. */
  #giveSign(now: number): number | undefined {
    if (this.#over !== undefined) return undefined;
    const sign = this.#pulse.next(now);
    if (sign.kind === 'gone') this.end(new DeviceError('panel-silent', sign));
    else if (sign.kind === 'hello') this.#mouth.hello();
    else this.#mouth.ping(sign.token);
    return sign.kind === 'ping' ? sign.token : undefined;
  }

  #setTimer(): void {
    this.#cancelTimer();
    if (this.#over !== undefined) return;
    const { clock } = this.#parts;
    // While it waits for its turn on a shared line, only the turn can bring the next sign of life.
    const pulseAt = this.#floor.waiting ? Number.POSITIVE_INFINITY : this.#pulse.dueAt;
    const at = Math.min(pulseAt, this.#requests.overdueAt(), this.#probes.overdueAt(), this.#floor.until);
    if (at === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = clock.after(Math.max(0, at - clock.monotonic()), () => this.#wake());
  }

  #write(): void {
    if (this.#writing || this.#over !== undefined) return;
    const now = this.#parts.clock.monotonic();
    if (this.#floor.shared) this.#writeBurst(now);
    else this.#send(this.#nextBytes(now));
  }

  /** Asks for the turn when there is something to say; in it says all that fits, a ping last. */
  #writeBurst(now: number): void {
    if (this.#floor.mine) {
      const bytes = this.#nextBytes(now);
      const token = this.#giveSign(now);
      const burst = [...bytes, ...this.#mouth.takeSigns()];
      if (this.#over !== undefined) return;
      const count = burst.reduce((sum, { length }) => sum + length, 0);
      this.#floor.spoke(count, this.#parts.line.bytesPerSecond, token);
      this.#send(burst);
    } else if (!this.#floor.listening && (now >= this.#pulse.dueAt || this.#mouth.hasMore)) {
      this.#floor.ask(this.#requests.urgent, () => this.#wake());
    }
  }

  #nextBytes(now: number): Uint8Array[] {
    try {
      return this.#mouth.nextBytes(now);
    } catch (why) {
      if (!isDeviceError(why)) throw why;
      this.end(why);
      return [];
    }
  }

  #send(bytes: Uint8Array[]): void {
    if (bytes.length === 0 || this.#over !== undefined) return;
    this.#writing = true;
    this.#parts.line.write(Buffer.concat(bytes)).then(
      () => {
        this.#writing = false;
        this.#floor.taken(this.#parts.clock.monotonic());
        this.#wake();
      },
      (cause: unknown) =>
        this.end(new DeviceError('panel-gone', { reason: 'the line takes no bytes' }, cause)),
    );
  }
}
