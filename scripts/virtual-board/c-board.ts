import { createPublicKey } from 'node:crypto';
import { frameLine } from '../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../firmware-protocol/serial/decoder.ts';
import { VERSION } from '../../firmware-protocol/serial/header.ts';
import { FIRST_RATE } from '../../firmware-protocol/serial/line.ts';
import { BoardSensors } from './board-sensors.ts';
import { type BuildOptions, cBoardProgram } from './c-board-program.ts';
import { CDisplay, type CMoment, momentOf, silenceOf, stateOf } from './c-display.ts';
import { CPipes, type PipeMessage } from './c-pipes.ts';
import { CRelay } from './c-relay.ts';
import { worldOf } from './c-world.ts';
import type { FarBoard } from './far-board.ts';
import { type BoardMake, makeOf, type VirtualBoardOptions } from './virtual-board-options.ts';

/** As host.h numbers them. */
const EVENTS = { relay: 2, rate: 3, restarted: 5, gain: 6 } as const;
/** Often enough for 60 steps a second. */
const TICK_MS = 10;
/** Less than a message may carry. */
const PUSH_BYTES = 16_384;

/** The board in C99 as a program of its own, called as if it were a function. */
export class CBoard implements FarBoard {
  readonly make: BoardMake;
  readonly display: CDisplay;
  readonly relay: CRelay;
  readonly sensors: BoardSensors;
  readonly silence: FarBoard['silence'];
  silent = false;
  onFrame: ((line: string) => void) | undefined;
  readonly #pipes: CPipes;
  readonly #heard = new FrameDecoder();
  readonly #said = new FrameDecoder();
  #cancelTick: () => void = () => {};
  #toldMs = -1;
  #baud = FIRST_RATE;
  #world = '';
  #isClosed = false;

  constructor(options: VirtualBoardOptions, build: BuildOptions = {}) {
    this.make = makeOf(options);
    const program = cBoardProgram(options, build);
    if (program === undefined) throw new Error('no C compiler');
    this.#pipes = new CPipes(program, wordsOf(this.make));
    this.display = new CDisplay(this.make, this.#pipes, () => this.tick());
    this.relay = new CRelay();
    this.silence = silenceOf(this.#pipes);
    this.sensors = new BoardSensors(this.make.modules);
    this.asNew();
    this.#watch();
  }

  receive(bytes: Uint8Array): Uint8Array[] {
    if (this.silent) return [];
    this.tick();
    this.#tellWorld();
    this.#trace(this.#heard, bytes);
    const said: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += PUSH_BYTES)
      said.push(...this.#take(this.#pipes.ask('B', bytes.subarray(at, at + PUSH_BYTES)), 'told'));
    for (const part of said) this.#trace(this.#said, part);
    return said.length === 0 ? [] : [Buffer.concat(said)];
  }

  /** Lets the board's time pass until now. */
  tick(): void {
    const ms = Math.floor(this.make.time.now());
    if (this.#isClosed || ms === this.#toldMs) return;
    this.#toldMs = ms;
    const now = Buffer.alloc(4);
    now.writeUInt32BE(ms >>> 0);
    this.#take(this.#pipes.ask('T', now), 'limit');
  }

  /** The rate at which it listens and speaks. */
  get baud(): number {
    return this.#baud;
  }

  /** Memory and lamps as they are now. */
  moment(): CMoment {
    this.tick();
    return momentOf(this.#pipes);
  }

  /** As it came from its maker: nothing of before is kept. */
  asNew(): void {
    this.tick();
    this.#take(this.#pipes.ask('N'), 'reset');
  }

  discarded(): number {
    return stateOf(this.#pipes).discarded;
  }

  restart(): void {
    this.tick();
    this.#take(this.#pipes.ask('R'), 'reset');
  }

  close(): void {
    this.#cancelTick();
    this.#isClosed = true;
    this.#pipes.close();
  }

  #watch(): void {
    this.#cancelTick = this.make.time.after(TICK_MS, () => {
      this.tick();
      this.#watch();
    });
  }

  /** What came of a message; returns the bytes for the line. */
  #take(messages: PipeMessage[], why: 'told' | 'limit' | 'reset'): Uint8Array[] {
    const isRestart = messages.some(({ letter, bytes }) => letter === 'E' && bytes[0] === EVENTS.restarted);
    for (const { letter, bytes } of messages) {
      if (letter === 'P') this.display.tell(bytes);
      else if (letter === 'E') this.#event(bytes, isRestart ? 'reset' : why);
    }
    return messages.filter(({ letter }) => letter === 'O').map(({ bytes }) => bytes);
  }

  #event(bytes: Uint8Array, why: 'told' | 'limit' | 'reset'): void {
    const value = new DataView(bytes.buffer).getInt32(1);
    if (bytes[0] === EVENTS.relay) this.relay.moved(value === 1 ? 'on' : 'off', value === 1 ? 'told' : why);
    if (bytes[0] === EVENTS.rate) this.#baud = value;
    if (bytes[0] === EVENTS.gain) this.sensors.gain = (value << 16) >> 16;
  }

  #tellWorld(): void {
    const world = worldOf(this.sensors, this.relay.stuck, this.display.faultyByte);
    const hex = Buffer.from(world).toString('hex');
    if (hex === this.#world) return;
    this.#pipes.ask('W', world);
    this.#world = hex;
  }

  #trace(decoder: FrameDecoder, bytes: Uint8Array): void {
    if (this.onFrame === undefined) return;
    for (const decoded of decoder.push(bytes)) {
      if (decoded.kind === 'frame') this.onFrame(frameLine(decoded.frame));
    }
  }
}

/** Whether a board of this make is one that the C sources can be: theirs is this version, and no other. */
export function isOfC(options: VirtualBoardOptions): boolean {
  const { major, minor } = makeOf(options);
  return major === VERSION.major && minor === VERSION.minor;
}

function wordsOf({ id, update }: BoardMake): string[] {
  if (update === undefined) return ['--id', id];
  const { x = '' } = createPublicKey(update.key).export({ format: 'jwk' });
  const key = Buffer.from(x, 'base64url').toString('hex');
  return ['--id', id, '--key', key, '--version', String(update.running ?? 1)];
}
