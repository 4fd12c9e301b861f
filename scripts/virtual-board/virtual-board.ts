import {
  FRAMES,
  type FrameBody,
  type FrameRow,
  frameLine,
  frameName,
  readMessage,
} from '../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../firmware-protocol/serial/decoder.ts';
import { encodeFrame, type Frame } from '../../firmware-protocol/serial/frame.ts';
import { EVERY_BOARD, type Header, ONLY_BOARD } from '../../firmware-protocol/serial/header.ts';
import { BoardClock } from './board-clock.ts';
import { BoardDisplay } from './board-display.ts';
import { type Answer, answerTo, DONE, refusal } from './board-mouth.ts';
import { BoardRate } from './board-rate.ts';
import { BoardRelay } from './board-relay.ts';
import { BoardSensors } from './board-sensors.ts';
import { BoardSilence } from './board-silence.ts';
import { BoardUpdate } from './board-update.ts';
import { carryOut, type Duties, duties, type Parts } from './duties.ts';
import type { FarDevice } from './plug.ts';
import { ReceiveWindow } from './receive-window.ts';
import { type BoardMake, makeOf, type VirtualBoardOptions } from './virtual-board-options.ts';

/** What an addressed board keeps until it is polled; what has no room is dropped and asked again (SPEC 5). */
const MOST_UNSAID_BYTES = 1_024;

/**
 * A board as SPEC.md describes it, for tests and the demo: bytes in, bytes out, nothing said unasked. What it shows and
 * what its relay did can be looked at; `silent` and `major` are its faults, those of the cable are the wire's.
 */
export class VirtualBoard implements Parts, FarDevice {
  readonly make: BoardMake;
  readonly display: BoardDisplay;
  readonly relay: BoardRelay;
  readonly sensors: BoardSensors;
  readonly silence: BoardSilence;
  readonly clock: BoardClock;
  readonly rate: BoardRate;
  readonly update: BoardUpdate | undefined;
  /** Hears everything and says nothing. */
  silent = false;
  major: number;
  /** Called with each frame, both ways, in the one-line form. */
  onFrame: ((line: string) => void) | undefined;
  #decoder: FrameDecoder;
  readonly #duties: Duties;
  #window: ReceiveWindow;
  /** 0 = none. */
  #session = 0;
  #discarded = 0;
  #startedAt: number;
  #unsaid: Uint8Array[] = [];
  #afterwards: () => void = () => {};

  constructor(options: VirtualBoardOptions) {
    this.make = makeOf(options);
    const { time, major, rates, update, maxBody, holds, modules } = this.make;
    this.display = new BoardDisplay({ ...this.make, now: time.now });
    this.relay = new BoardRelay(time);
    this.sensors = new BoardSensors(modules);
    this.silence = new BoardSilence(this.display, time);
    this.clock = new BoardClock(time.now);
    this.rate = new BoardRate(rates, time);
    this.update = update && new BoardUpdate(update);
    this.major = major;
    this.#startedAt = time.now();
    this.#decoder = new FrameDecoder(maxBody);
    this.#window = new ReceiveWindow(holds);
    this.#duties = duties(this);
  }

  /** Takes bytes off the line; returns what goes back, frame by frame. Never throws, whatever the bytes. */
  receive(bytes: Uint8Array): Uint8Array[] {
    const sent: Uint8Array[] = [];
    for (const decoded of this.#decoder.push(bytes)) {
      if (decoded.kind === 'discarded') this.#discarded++;
      else sent.push(...this.#hear(decoded.frame));
    }
    return this.silent ? [] : sent;
  }

  /** Frames thrown away since the start. */
  discarded(): number {
    return this.#discarded;
  }

  uptimeSeconds(): number {
    return Math.floor((this.make.time.now() - this.#startedAt) / 1_000);
  }

  get session(): number {
    return this.#session;
  }

  /** The rate at which it listens and speaks. */
  get baud(): number {
    return this.rate.baud;
  }

  beginSession(session: number): void {
    this.#session = session;
    this.#window = new ReceiveWindow(this.make.holds);
    this.#unsaid = [];
    this.display.forgetDrawn();
  }

  /** Does it when all has been said that is to be said now. */
  afterwards(call: () => void): void {
    this.#afterwards = call;
  }

  /** As after a loss of power: dark, amplifier off, no session; fallback page and new firmware stay. */
  restart(): void {
    this.#decoder = new FrameDecoder(this.make.maxBody);
    this.startAnew();
  }

  /** The same by its own will: what has come over the line meanwhile is heard. */
  startAnew(): void {
    this.display.powerUp();
    this.relay.reset();
    this.clock.powerUp();
    this.rate.powerUp();
    this.silence.heard();
    this.#session = 0;
    this.#window = new ReceiveWindow(this.make.holds);
    this.#unsaid = [];
    this.#discarded = 0;
    this.#startedAt = this.make.time.now();
  }

  /** There is no program behind it to end. */
  close(): void {}

  #hear(frame: Frame): Uint8Array[] {
    const { header } = frame;
    const { address } = this.make;
    if (this.silent || header.fromBoard) return [];
    if (header.address !== address && header.address !== EVERY_BOARD) return [];
    this.onFrame?.(frameLine(frame));
    this.silence.heard();
    this.rate.heard();
    const said = this.#answer(frame);
    const now =
      header.address === EVERY_BOARD ? [] : address === ONLY_BOARD ? said : this.#inTurn(header, said);
    this.#afterwards();
    this.#afterwards = () => {};
    return now;
  }

  /** On a shared line the board keeps what it has to say until it is polled. */
  #inTurn({ poll }: Header, said: Uint8Array[]): Uint8Array[] {
    if (poll) {
      const all = [...this.#unsaid, ...said];
      this.#unsaid = [];
      return all;
    }
    for (const bytes of said) {
      const kept = this.#unsaid.reduce((sum, { length }) => sum + length, 0);
      if (kept + bytes.length <= MOST_UNSAID_BYTES) this.#unsaid.push(bytes);
    }
    return [];
  }

  #answer(frame: Frame): Uint8Array[] {
    const { header } = frame;
    if (header.major !== this.major) return [this.#say(header, refusal('other-version', header.type))];
    if (!header.sequenced) return [this.#say(header, this.#do(frame))];
    if (header.address === EVERY_BOARD) return [];
    if (this.#session === 0) return [this.#say(header, refusal('no-session', header.type))];

    const said = this.#window
      .take(frame)
      .map((due) => ({ to: due.header, answer: this.#do(due) }))
      .filter(({ answer }) => answer.name !== 'ack')
      .map(({ to, answer }) => this.#say(to, answer));
    if (header.poll) said.push(this.#say(header, DONE));
    return said;
  }

  /** Refusals in the order of SPEC 10: unknown, not fitted, not readable, then what the duty says. */
  #do({ header: { type, sequenced }, body }: Frame): Answer {
    const name = frameName(type);
    const row: FrameRow | undefined = name && FRAMES[name];
    const isKnown = row?.from === 'host' && (this.make.minor > 0 || row.since === '1.0');
    if (name === undefined || !isKnown) return refusal('unknown-type', type);
    if (row?.needs !== undefined && !this.make.fitted.includes(row.needs)) return refusal('not-fitted', type);
    const message = readMessage(type, body);
    if (typeof message === 'string') return refusal(message, type);
    // It would end the window that it stands in (SPEC 6).
    if (sequenced && name === 'hello') return refusal('bad-body', type);
    const answer = carryOut(this.#duties, message);
    return typeof answer === 'string' ? refusal(answer, type) : (answer ?? DONE);
  }

  #say(to: Header, answer: Answer): Uint8Array {
    const { minor, address } = this.make;
    const frame = answerTo(to, answer, { major: this.major, minor, address }, this.#window.told());
    this.onFrame?.(frameLine(frame));
    return encodeFrame(frame);
  }

  status(): FrameBody<'status'> {
    const { display, silence } = this;
    return {
      shown: display.shownCrc(),
      drawn: display.drawnCrc(),
      pages: display.pages,
      uptimeSeconds: this.uptimeSeconds(),
      discarded: this.#discarded,
      showing: display.lamps.pattern !== 'none' ? 'pattern' : display.showsFallback ? 'fallback' : 'page',
      lamps: display.lamps.dark ? 'dark' : 'lit',
      brightness: display.lamps.brightness,
      marquee: display.marquee.runningCrc(),
      offset: display.marquee.offset(),
      fallback: silence.pageCrc(),
      afterSeconds: silence.afterSeconds,
    };
  }
}
