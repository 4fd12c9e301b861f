import { type FrameBody, frameLine, type HostFrame } from '../../firmware-protocol/serial/catalogue.ts';
import { encodeFrame } from '../../firmware-protocol/serial/frame.ts';
import { FRAME_BYTES, VERSION } from '../../firmware-protocol/serial/header.ts';
import { DeviceError } from '../errors.ts';
import type { ByteLine } from '../sign-ports.ts';
import { answerOf, hostFrame, isSpoken } from './board-frames.ts';
import type { BoardPace } from './board-pace.ts';
import type { BoardPulse } from './board-pulse.ts';
import type { Asked, BoardRequests } from './board-requests.ts';
import type { BoardTiming } from './board-timing.ts';
import { type Flying, SendWindow } from './board-window.ts';

export type BoardFacts = FrameBody<'welcome'>;

/** Bytes of one write: many small ones cost the processor more than their bytes do. */
const WRITE_BYTES = 4_096;
/** Of a deep window the board acknowledges every so manieth frame: each acknowledgement wakes both sides. */
const MOST_FRAMES_A_POLL = 4;

export interface MouthParts {
  line: ByteLine;
  address: number;
  /** A line that several boards share. */
  shared: boolean;
  session: number;
  timing: BoardTiming;
  pace: BoardPace;
  pulse: BoardPulse;
  requests: BoardRequests;
  trace: (line: string) => void;
}

/** What a session says: signs of life, lost frames again, new ones; each as large as board, line and noise allow. */
export class BoardMouth {
  readonly #parts: MouthParts;
  #signs: Uint8Array[] = [];
  /** Something was sent after the last frame to which the board speaks. */
  #isUnheard = false;
  #board: { facts: BoardFacts; window: SendWindow<Asked> } | undefined;

  constructor(parts: MouthParts) {
    this.#parts = parts;
  }

  get board(): BoardFacts | undefined {
    return this.#board?.facts;
  }

  get window(): SendWindow<Asked> | undefined {
    return this.#board?.window;
  }

  begin(facts: BoardFacts): void {
    this.#board = {
      facts,
      window: new SendWindow(facts.window, () => this.#bytesIn(this.#parts.timing.inFlightMs)),
    };
  }

  /** Nothing is on its way, and nothing waits to be. */
  get idle(): boolean {
    const { requests } = this.#parts;
    return (this.window?.empty ?? true) && !requests.awaitsAnswers && !requests.waiting;
  }

  /** Something could be said besides a sign of life. */
  get hasMore(): boolean {
    if (this.#signs.length > 0) return true;
    const { window } = this;
    if (window === undefined) return false;
    return window.firstLost() !== undefined || (window.hasRoom() && this.#parts.requests.waiting);
  }

  hello(): void {
    this.sign('hello', { minor: VERSION.minor, session: this.#parts.session });
  }

  /** Its answer tells of everything that was sent before it. */
  ping(token: number): void {
    this.#parts.pulse.mark(token, this.window?.mark() ?? 0);
    this.sign('ping', { token });
  }

  /** A frame outside the window. */
  sign<N extends HostFrame>(name: N, body: FrameBody<N>): void {
    this.#signs.push(this.#encode(name, body));
  }

  takeSigns(): Uint8Array[] {
    return this.#signs.splice(0);
  }

  /**
   * All that may go now. On a noisy line the last frame is followed by a ping: were it lost, nothing sent later would tell. So
   * it is where the last frame of all is not acknowledged by itself.
   * Throws DeviceError `panel-silent` for a frame that does not get through.
   */
  nextBytes(now: number): Uint8Array[] {
    const { shared, pace, pulse } = this.#parts;
    const bytes = this.#take(shared ? this.#bytesIn(this.#parts.timing.burstMs) : WRITE_BYTES, now);
    const isLast = this.#isUnheard && !this.#parts.requests.waiting;
    if (
      !shared &&
      bytes.drained &&
      bytes.parts.length > 0 &&
      (pace.noisy || isLast) &&
      this.window?.empty === false
    ) {
      this.ping(pulse.nextToken());
      bytes.parts.push(...this.takeSigns());
    }
    return bytes.parts;
  }

  /** Bytes of body that suit board, line and noise at this moment. */
  bodyBytes(): number {
    return Math.min(this.mostBodyBytes(), this.#parts.pace.bodyBytes());
  }

  mostBodyBytes(): number {
    const { shared, timing } = this.#parts;
    const byRate = this.#bytesIn(shared ? timing.sharedFrameMs : timing.frameMs);
    return Math.floor(Math.min(this.board?.maxBody ?? 0, byRate - FRAME_BYTES));
  }

  #take(most: number, now: number): { parts: Uint8Array[]; drained: boolean } {
    const parts = this.takeSigns();
    let count = parts.reduce((sum, part) => sum + part.length, 0);
    while (count < most) {
      const flying = this.window?.firstLost() ?? this.#nextNew(now);
      if (flying === undefined) return { parts, drained: true };
      if (flying.sends >= this.#mostSends(flying.bytes.length))
        throw new DeviceError('panel-silent', { sends: flying.sends, bytes: flying.bytes.length });
      if (flying.sends > 0) this.#isUnheard = true;
      this.window?.sent(flying);
      parts.push(flying.bytes);
      count += flying.bytes.length;
    }
    return { parts, drained: false };
  }

  #nextNew(now: number): Flying<Asked> | undefined {
    const board = this.#board;
    while (board?.window.hasRoom()) {
      const asked = this.#parts.requests.next();
      if (asked === undefined) return undefined;
      const { name, body } = asked.request;
      if (isSpoken(name, board.facts.minor)) {
        this.#parts.pulse.expectSoon(now);
        return board.window.add(asked, (sequence) => this.#encode(name, body, sequence));
      }
      asked.job.fail(new DeviceError('panel-cannot', { what: name, minor: board.facts.minor }));
    }
    return undefined;
  }

  /** On a shared line only hello and the ping that ends a burst let the board speak; so a frame sent again is the same. */
  #encode<N extends HostFrame>(name: N, body: FrameBody<N>, sequence?: number): Uint8Array {
    const { address, shared, trace } = this.#parts;
    const poll = shared ? name === 'hello' || name === 'ping' : this.#polls(sequence);
    this.#isUnheard = !poll && answerOf(name) === undefined;
    const frame = hostFrame(name, body, { address, poll, ...(sequence !== undefined && { sequence }) });
    trace(frameLine(frame));
    return encodeFrame(frame);
  }

  #mostSends(bytes: number): number {
    const { maxSends, maxSendsOfLarge } = this.#parts.timing;
    return bytes > 2 * (this.bodyBytes() + FRAME_BYTES) ? maxSendsOfLarge : maxSends;
  }

  /** Often enough that the board is heard long before the window is full. */
  #polls(sequence: number | undefined): boolean {
    if (sequence === undefined) return false;
    const byRate = this.#bytesIn(this.#parts.timing.inFlightMs) / Math.max(1, this.mostBodyBytes());
    const frames = Math.min(this.board?.window ?? 1, byRate);
    const every = Math.max(1, Math.min(MOST_FRAMES_A_POLL, Math.floor(frames / MOST_FRAMES_A_POLL)));
    return (sequence + 1) % every === 0;
  }

  #bytesIn(ms: number): number {
    return ((this.#parts.line.bytesPerSecond ?? Number.POSITIVE_INFINITY) * ms) / 1_000;
  }
}
