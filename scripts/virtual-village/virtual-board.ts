import {
  type BoardFrame,
  FRAMES,
  type FrameBody,
  frameLine,
  type Message,
  readMessage,
} from '../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../firmware-protocol/serial/decoder.ts';
import { encodeFrame, type Frame } from '../../firmware-protocol/serial/frame.ts';
import {
  type Header,
  MAX_WINDOW_FRAMES,
  ONLY_BOARD,
  VERSION,
} from '../../firmware-protocol/serial/header.ts';
import type { Codec } from '../../firmware-protocol/serial/layout.ts';
import type { Encoding } from '../../firmware-protocol/serial/pixels.ts';
import { ERROR_CODES, type ErrorName, type Fitted } from '../../firmware-protocol/serial/system.ts';
import { BoardDisplay } from './virtual-board-display.ts';
import { BoardRelay } from './virtual-board-relay.ts';
import { ReceiveWindow } from './virtual-board-window.ts';

export interface VirtualBoardOptions {
  width: number;
  height: number;
  /** 16 hex digits. */
  id?: string;
  fitted?: Fitted[];
  encodings?: Encoding[];
  maxBody?: number;
  window?: number;
  holds?: number;
  /** Another major than ours, to be refused. */
  major?: number;
}

type Answer = { [N in BoardFrame]: { name: N; body: FrameBody<N> } }[BoardFrame];

/**
 * A board as SPEC.md describes it, for tests and the demo: bytes in, bytes out, nothing said unasked. What it shows and
 * what its relay did can be looked at; `silent` and `major` are its faults, those of the cable are the wire's.
 */
export class VirtualBoard {
  readonly display: BoardDisplay;
  readonly relay = new BoardRelay();
  /** Hears everything and says nothing. */
  silent = false;
  major: number;
  /** Called with each frame, both ways, in the one-line form. */
  onFrame: (line: string) => void = () => {};
  readonly #welcome: Omit<FrameBody<'welcome'>, 'session'>;
  readonly #decoder: FrameDecoder;
  #window: ReceiveWindow;
  /** 0 = none. */
  #session = 0;
  #discarded = 0;
  #startedAt = performance.now();

  constructor(options: VirtualBoardOptions) {
    this.display = new BoardDisplay(options.width, options.height);
    this.major = options.major ?? VERSION.major;
    this.#welcome = {
      minor: VERSION.minor,
      board: options.id ?? '00000000c0ffee01',
      fitted: options.fitted ?? ['display', 'amplifier', 'amplifier-sense'],
      encodings: options.encodings ?? ['raw', 'run-length'],
      width: options.width,
      height: options.height,
      maxBody: options.maxBody ?? 2_064,
      window: options.window ?? MAX_WINDOW_FRAMES,
      holds: options.holds ?? MAX_WINDOW_FRAMES,
      firmware: 'virtual board',
      depth: 'rgb565',
      rates: [],
      slots: 0,
      stripPixels: 0,
    };
    this.#decoder = new FrameDecoder(this.#welcome.maxBody);
    this.#window = new ReceiveWindow(this.#welcome.holds);
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

  /** As after a loss of power: dark, amplifier off, no session. */
  restart(): void {
    this.display.clear();
    this.relay.reset();
    this.#session = 0;
    this.#discarded = 0;
    this.#startedAt = performance.now();
  }

  #hear(frame: Frame): Uint8Array[] {
    const { header } = frame;
    if (this.silent || header.fromBoard || header.address !== ONLY_BOARD) return [];
    this.onFrame(frameLine(frame));
    if (header.major !== this.major) return [this.#say(header, refusal('other-version', header.type))];
    if (!header.sequenced) return [this.#say(header, this.#do(frame))];
    if (this.#session === 0) return [this.#say(header, refusal('no-session', header.type))];

    const answers = this.#window
      .take(frame)
      .map((due) => ({ to: due.header, answer: this.#do(due) }))
      .filter(({ answer }) => answer.name !== 'ack');
    const said = answers.map(({ to, answer }) => this.#say(to, answer));
    if (header.poll) said.push(this.#say(header, DONE));
    return said;
  }

  #do(frame: Frame): Answer {
    const message = readMessage(frame.header.type, frame.body);
    if (typeof message === 'string') return refusal(message, frame.header.type);
    const answer = this.#answer(message);
    return typeof answer === 'string' ? refusal(answer, frame.header.type) : (answer ?? DONE);
  }

  #answer(message: Message): Answer | ErrorName | undefined {
    switch (message.name) {
      case 'hello':
        this.#session = message.body.session;
        this.#window = new ReceiveWindow(this.#welcome.holds);
        this.display.forgetDrawn();
        return { name: 'welcome', body: { ...this.#welcome, session: this.#session } };
      case 'ping':
        return { name: 'pong', body: { token: message.body.token, session: this.#session } };
      case 'reset':
        if (message.body.what === 'board') this.restart();
        else this.display.clear();
        return undefined;
      case 'draw-region':
        if (!this.#welcome.encodings.includes(message.body.encoding)) return 'bad-pixels';
        return this.display.draw(message.body);
      case 'commit':
        return this.display.commit(message.body.crc);
      case 'amplifier-power':
        if (!this.#welcome.fitted.includes('amplifier')) return 'not-fitted';
        if (message.body.limitSeconds === 0) return 'bad-body';
        this.relay.switch(message.body.power, message.body.limitSeconds);
        return undefined;
      case 'amplifier-ask':
        if (!this.#welcome.fitted.includes('amplifier')) return 'not-fitted';
        return { name: 'amplifier-state', body: this.#amplifierState() };
      case 'status-ask':
        return { name: 'status', body: this.#status() };
      default:
        return 'unknown-type';
    }
  }

  #amplifierState(): FrameBody<'amplifier-state'> {
    const state = this.relay.state();
    return this.#welcome.fitted.includes('amplifier-sense') ? state : { ...state, sensed: 'unknown' };
  }

  #status(): FrameBody<'status'> {
    return {
      shown: this.display.shownCrc(),
      drawn: this.display.drawnCrc(),
      pages: this.display.pages,
      uptimeSeconds: Math.floor((performance.now() - this.#startedAt) / 1_000),
      discarded: this.#discarded,
      showing: 'page',
      lamps: 'lit',
      brightness: 255,
      marquee: 0,
      offset: 0,
      fallback: 0,
      afterSeconds: 0,
    };
  }

  #say(to: Header, { name, body }: Answer): Uint8Array {
    const codec: Codec<unknown> = FRAMES[name].codec;
    const frame: Frame = {
      header: {
        major: this.major,
        address: ONLY_BOARD,
        fromBoard: true,
        sequenced: to.sequenced,
        poll: false,
        type: FRAMES[name].id,
        sequence: to.sequence,
        ...this.#window.told(),
      },
      body: codec.encode(body),
    };
    this.onFrame(frameLine(frame));
    return encodeFrame(frame);
  }
}

const DONE: Answer = { name: 'ack', body: {} };

function refusal(why: ErrorName, about: number): Answer {
  return { name: 'error', body: { code: ERROR_CODES[why], about, detail: 0 } };
}
