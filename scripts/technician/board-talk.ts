import { answerOf, hostFrame, type Manner } from '../../device/board/board-frames.ts';
import type { BoardRequest } from '../../device/board/board-job.ts';
import type { Clock, Random } from '../../device/ports.ts';
import type { ByteLine } from '../../device/sign-ports.ts';
import { type FrameBody, type Message, readMessage } from '../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../firmware-protocol/serial/decoder.ts';
import { encodeFrame, type Frame } from '../../firmware-protocol/serial/frame.ts';
import { type Header, ONLY_BOARD, SEQUENCES, VERSION } from '../../firmware-protocol/serial/header.ts';

/** As the link does it: boards that restart when their port is opened need up to two seconds. */
const HELLO_EVERY_MS = 300;
const HELLO_TRIES = 8;
/** An answer that is not there by then does not come: the longest frame takes 0.4 s at the first rate. */
const ANSWER_MS = 1_000;
const ASK_TRIES = 4;

export interface TalkParts {
  line: ByteLine;
  clock: Clock;
  random: Random;
  /** Of the board on a shared line; 0 = the only one. */
  address?: number;
}

interface Heard {
  header: Header;
  message: Message;
}

/**
 * One question after the other, seen frame by frame: what the link hides on purpose, loss and time, is what measuring is
 * after. For everything else there is `BoardLink`.
 */
export class BoardTalk {
  /** Frames from the board that came damaged. */
  discarded = 0;
  readonly #parts: TalkParts;
  readonly #address: number;
  readonly #decoder = new FrameDecoder();
  readonly #waiting = new Set<(heard: Heard) => void>();
  #sequence = 0;
  #closed: string | undefined;

  constructor(parts: TalkParts) {
    this.#parts = parts;
    this.#address = parts.address ?? ONLY_BOARD;
  }

  /** Rejects `line-gone`. */
  async open(): Promise<void> {
    await this.#parts.line.open({
      onBytes: (bytes) => this.#hear(bytes),
      onClosed: (reason) => {
        this.#closed = reason;
      },
    });
  }

  async close(): Promise<void> {
    await this.#parts.line.close();
  }

  /** Begins a session; undefined = nobody answered. */
  async hello(tries = HELLO_TRIES): Promise<FrameBody<'welcome'> | undefined> {
    const session = (Math.floor(this.#parts.random.fraction() * 0xffff_fffe) + 1) >>> 0;
    const frame = hostFrame('hello', { minor: VERSION.minor, session }, this.#unsequenced());
    for (let tried = 0; tried < tries; tried++) {
      const answer = await this.#exchange(frame, HELLO_EVERY_MS, ({ message }) =>
        message.name === 'welcome' && message.body.session === session ? message.body : undefined,
      );
      if (answer === undefined) continue;
      this.#sequence = 0;
      return answer;
    }
    return undefined;
  }

  /** Asks in the window, again when nothing comes; undefined = no answer. A refusal is an answer too. */
  async ask(request: BoardRequest): Promise<Message | undefined> {
    const frame = hostFrame(request.name, request.body, {
      address: this.#address,
      sequence: this.#sequence,
      poll: true,
    });
    const wanted = answerOf(request.name) ?? 'ack';
    const { sequence } = frame.header;
    for (let tried = 0; tried < ASK_TRIES; tried++) {
      const answer = await this.#exchange(frame, ANSWER_MS, ({ header, message }) =>
        header.sequenced &&
        header.sequence === sequence &&
        (message.name === wanted || message.name === 'error')
          ? message
          : undefined,
      );
      if (answer === undefined) continue;
      this.#sequence = (this.#sequence + 1) % SEQUENCES;
      return answer;
    }
    return undefined;
  }

  /** One probe, never repeated; undefined = it, or its answer, was lost. `ms` from the first byte there to the last back. */
  async probe(token: number, thereBytes: number, backBytes: number): Promise<{ ms: number } | undefined> {
    const filler = Uint8Array.from({ length: thereBytes }, (_unused, at) => (token + at) & 0xff);
    return await this.#timed(
      hostFrame('probe', { token, back: backBytes, filler }, this.#unsequenced()),
      'probed',
      token,
    );
  }

  /** The same with the smallest frames, which every board answers. */
  async ping(token: number): Promise<{ ms: number } | undefined> {
    return await this.#timed(hostFrame('ping', { token }, this.#unsequenced()), 'pong', token);
  }

  async #timed(frame: Frame, answer: 'probed' | 'pong', token: number): Promise<{ ms: number } | undefined> {
    const { clock } = this.#parts;
    const startedAt = clock.monotonic();
    return await this.#exchange(frame, ANSWER_MS, ({ message }) =>
      message.name === answer && message.body.token === token
        ? { ms: clock.monotonic() - startedAt }
        : undefined,
    );
  }

  /** On a shared line a board speaks only when it is polled (SPEC 5). */
  #unsequenced(): Manner {
    return { address: this.#address, poll: this.#address !== ONLY_BOARD };
  }

  async #exchange<T>(
    frame: Frame,
    waitMs: number,
    wanted: (heard: Heard) => T | undefined,
  ): Promise<T | undefined> {
    if (this.#closed !== undefined) return undefined;
    const answer = this.#next(waitMs, wanted);
    await this.#parts.line.write(encodeFrame(frame));
    return await answer;
  }

  #next<T>(waitMs: number, wanted: (heard: Heard) => T | undefined): Promise<T | undefined> {
    return new Promise((resolve) => {
      const end = (value: T | undefined) => {
        cancel();
        this.#waiting.delete(look);
        resolve(value);
      };
      const look = (heard: Heard) => {
        const value = wanted(heard);
        if (value !== undefined) end(value);
      };
      const cancel = this.#parts.clock.after(waitMs, () => end(undefined));
      this.#waiting.add(look);
    });
  }

  #hear(bytes: Uint8Array): void {
    for (const decoded of this.#decoder.push(bytes)) {
      if (decoded.kind === 'discarded') {
        this.discarded++;
        continue;
      }
      const { header, body } = decoded.frame;
      if (!header.fromBoard || header.address !== this.#address) continue;
      const message = readMessage(header.type, body);
      if (typeof message === 'string') continue;
      for (const look of [...this.#waiting]) look({ header, message });
    }
  }
}
