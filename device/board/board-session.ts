import { FRAMES, type FrameBody, frameLine, readMessage } from '../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../firmware-protocol/serial/decoder.ts';
import { encodeFrame, type Frame } from '../../firmware-protocol/serial/frame.ts';
import { FRAME_BYTES, type Header, ONLY_BOARD, VERSION } from '../../firmware-protocol/serial/header.ts';
import { errorName } from '../../firmware-protocol/serial/system.ts';
import { DeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import { hostFrame } from './board-frames.ts';
import type { BoardJob } from './board-job.ts';
import type { BoardPace } from './board-pace.ts';
import { BoardPulse } from './board-pulse.ts';
import { type Asked, BoardRequests } from './board-requests.ts';
import type { BoardTiming } from './board-timing.ts';
import { type Flying, SendWindow } from './board-window.ts';

export type BoardFacts = FrameBody<'welcome'>;

export interface SessionParts {
  line: ByteLine;
  clock: Clock;
  pace: BoardPace;
  timing: BoardTiming;
  /** Not 0; another than the last. */
  session: number;
  onWelcome: (board: BoardFacts) => void;
  /** Once, whatever ended it; the jobs have been failed with the same error. */
  onEnded: (why: DeviceError) => void;
  /** Each frame in its one-line form. */
  trace: (line: string) => void;
}

/** Bytes of one write: many small ones cost the processor more than their bytes do. */
const WRITE_BYTES = 4_096;
/** A board speaks when spoken to; more than this unread is not a board. */
const MAX_INBOX_BYTES = 65_536;

/**
 * One session with a board, from hello until something ends it. Wires and timers only wake it; all work is done in
 * `#turn`: read what came, look at the clock, write what may go.
 */
export class BoardSession {
  readonly #parts: SessionParts;
  readonly #decoder = new FrameDecoder();
  readonly #requests: BoardRequests;
  readonly #pulse: BoardPulse;
  #inbox: Uint8Array[] = [];
  #inboxBytes = 0;
  #signs: Uint8Array[] = [];
  #board: { facts: BoardFacts; window: SendWindow<Asked> } | undefined;
  #turnDue = false;
  #writing = false;
  #over: DeviceError | undefined;
  #cancelTimer: () => void = () => {};

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#requests = new BoardRequests(parts.timing);
    this.#pulse = new BoardPulse(parts.timing, parts.clock.monotonic());
  }

  /** Rejects `line-gone`; resolves when the line is open, which says nothing of the board yet. */
  async open(): Promise<void> {
    await this.#parts.line.open({
      onBytes: (bytes) => {
        if (this.#inboxBytes + bytes.length > MAX_INBOX_BYTES) return;
        this.#inbox.push(bytes);
        this.#inboxBytes += bytes.length;
        this.#wake();
      },
      onClosed: (reason) => this.end(new DeviceError('panel-gone', { reason })),
    });
    // Ended while the line was opening: what opened late is closed again.
    if (this.#over !== undefined) await this.#parts.line.close();
    this.#wake();
  }

  take(job: BoardJob): void {
    if (this.#over !== undefined) {
      job.fail(this.#over);
      return;
    }
    this.#requests.take(job);
    this.#wake();
  }

  /** Bytes of body that suit the board, the line's rate and its noise at this moment. */
  bodyBytes(): number {
    return Math.min(this.#mostBodyBytes(), this.#parts.pace.bodyBytes());
  }

  end(why: DeviceError): void {
    if (this.#over !== undefined) return;
    this.#over = why;
    this.#cancelTimer();
    this.#requests.failAll(why);
    for (const { load } of this.#board?.window.inFlight() ?? []) load.job.fail(why);
    this.#parts.onEnded(why);
  }

  #wake(): void {
    if (this.#turnDue || this.#over !== undefined) return;
    this.#turnDue = true;
    queueMicrotask(() => this.#turn());
  }

  #turn(): void {
    this.#turnDue = false;
    this.#read();
    this.#lookAtClock();
    this.#write();
    this.#setTimer();
  }

  #read(): void {
    const chunks = this.#inbox;
    this.#inbox = [];
    this.#inboxBytes = 0;
    for (const bytes of chunks) {
      for (const decoded of this.#decoder.push(bytes)) {
        if (decoded.kind === 'frame') this.#hear(decoded.frame);
        else this.#parts.trace(`< discarded ${decoded.reason} ${decoded.bytes}B`);
      }
    }
  }

  #hear(frame: Frame): void {
    const { header } = frame;
    if (this.#over !== undefined || !header.fromBoard || header.address !== ONLY_BOARD) return;
    this.#parts.trace(frameLine(frame));
    if (header.major !== VERSION.major) {
      this.end(new DeviceError('panel-version', { ours: VERSION.major, board: header.major }));
      return;
    }
    const message = readMessage(header.type, frame.body);
    if (typeof message === 'string') return;
    if (message.name === 'welcome') this.#begin(message.body);
    if (this.#board === undefined) return;

    if (message.name === 'error') this.#refused(header, message.body);
    this.#acknowledged(this.#board.window.heard(header));
    if (message.name === 'pong') this.#ponged(message.body);
    else this.#requests.answered(header.sequence, message);
    const busy = !this.#board.window.empty || this.#requests.awaitsAnswers;
    this.#pulse.heard(this.#parts.clock.monotonic(), busy);
  }

  #begin(facts: BoardFacts): void {
    const { line, timing, session, onWelcome } = this.#parts;
    if (this.#board !== undefined || facts.session !== session) return;
    const inFlightBytes = ((line.bytesPerSecond ?? Number.POSITIVE_INFINITY) * timing.inFlightMs) / 1_000;
    this.#board = { facts, window: new SendWindow(facts.window, inFlightBytes) };
    onWelcome(facts);
  }

  #refused({ sequenced, sequence }: Header, { code, about }: FrameBody<'error'>): void {
    const why = errorName(code);
    if (why === 'no-session') this.end(new DeviceError('panel-gone', { reason: 'the board restarted' }));
    const asked = this.#board?.window
      .inFlight()
      .find((flying) => sequenced && flying.sequence === sequence)?.load;
    if (asked === undefined || FRAMES[asked.request.name].id !== about) return;
    asked.job.fail(new DeviceError('panel-refused', { why, about: asked.request.name }));
  }

  #acknowledged({ done, lost }: { done: Flying<Asked>[]; lost: Flying<Asked>[] }): void {
    for (const { sequence, load } of done) {
      this.#parts.pace.arrived(this.#mostBodyBytes());
      this.#requests.acknowledged(sequence, load, this.#parts.clock.monotonic());
    }
    for (const _each of lost) this.#parts.pace.lost();
  }

  #ponged({ token, session }: FrameBody<'pong'>): void {
    if (session !== this.#parts.session)
      this.end(new DeviceError('panel-gone', { reason: 'the board restarted' }));
    const mark = this.#pulse.answered(token);
    if (mark !== undefined)
      this.#acknowledged({ done: [], lost: this.#board?.window.lostBefore(mark) ?? [] });
  }

  #lookAtClock(): void {
    const now = this.#parts.clock.monotonic();
    this.#requests.askOverdueAgain(now);
    if (this.#over !== undefined || now < this.#pulse.dueAt) return;
    const sign = this.#pulse.next(now);
    if (sign.kind === 'gone') {
      this.end(new DeviceError('panel-silent', sign));
    } else if (sign.kind === 'hello') {
      const body = { minor: VERSION.minor, session: this.#parts.session };
      this.#signs.push(this.#encode(hostFrame('hello', body)));
    } else {
      this.#signs.push(this.#ping(sign.token));
    }
  }

  /** Its answer tells of everything that was sent before it. */
  #ping(token: number): Uint8Array {
    this.#pulse.mark(token, this.#board?.window.mark() ?? 0);
    return this.#encode(hostFrame('ping', { token }));
  }

  #setTimer(): void {
    this.#cancelTimer();
    if (this.#over !== undefined) return;
    const { clock } = this.#parts;
    const waitMs = Math.min(this.#pulse.dueAt, this.#requests.overdueAt()) - clock.monotonic();
    this.#cancelTimer = clock.after(Math.max(0, waitMs), () => this.#wake());
  }

  #write(): void {
    if (this.#writing || this.#over !== undefined) return;
    const bytes = this.#nextBytes();
    if (bytes.length === 0) return;
    this.#writing = true;
    this.#parts.line.write(Buffer.concat(bytes)).then(
      () => {
        this.#writing = false;
        this.#wake();
      },
      (cause: unknown) =>
        this.end(new DeviceError('panel-gone', { reason: 'the line takes no bytes' }, cause)),
    );
  }

  /**
   * Signs of life, lost frames, new ones. On a noisy line the last frame that may go is followed by a ping: were it lost,
   * nothing sent later would tell.
   */
  #nextBytes(): Uint8Array[] {
    const bytes = this.#signs;
    this.#signs = [];
    let count = bytes.reduce((sum, part) => sum + part.length, 0);
    while (count < WRITE_BYTES && this.#over === undefined) {
      const flying = this.#board?.window.firstLost() ?? this.#nextNew();
      if (flying === undefined) {
        if (count > 0 && this.#parts.pace.noisy && this.#board?.window.empty === false)
          bytes.push(this.#ping(this.#pulse.nextToken()));
        break;
      }
      if (flying.sends >= this.#parts.timing.maxSends) {
        this.end(new DeviceError('panel-silent', { sends: flying.sends, bytes: flying.bytes.length }));
        break;
      }
      this.#board?.window.sent(flying);
      bytes.push(flying.bytes);
      count += flying.bytes.length;
    }
    return bytes;
  }

  #nextNew(): Flying<Asked> | undefined {
    const window = this.#board?.window;
    if (!window?.hasRoom()) return undefined;
    const asked = this.#requests.next();
    if (asked === undefined) return undefined;
    this.#pulse.expectSoon(this.#parts.clock.monotonic());
    const { name, body } = asked.request;
    return window.add(asked, (sequence) => this.#encode(hostFrame(name, body, sequence)));
  }

  #encode(frame: Frame): Uint8Array {
    this.#parts.trace(frameLine(frame));
    return encodeFrame(frame);
  }

  #mostBodyBytes(): number {
    const { line, timing } = this.#parts;
    const byRate = ((line.bytesPerSecond ?? Number.POSITIVE_INFINITY) * timing.frameMs) / 1_000;
    return Math.floor(Math.min(this.#board?.facts.maxBody ?? 0, byRate - FRAME_BYTES));
  }
}
