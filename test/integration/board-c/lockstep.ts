import type { BoardTime } from '../../../scripts/virtual-board/board-time.ts';
import { CBoard } from '../../../scripts/virtual-board/c-board.ts';
import type { BuildOptions } from '../../../scripts/virtual-board/c-board-program.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import type { VirtualBoardOptions } from '../../../scripts/virtual-board/virtual-board-options.ts';

/** A clock that goes on when told to. */
export class StepTime implements BoardTime {
  #now: number;
  readonly #due = new Set<{ at: number; call: () => void }>();

  constructor(now = 0) {
    this.#now = now;
  }

  now = (): number => this.#now;

  after = (ms: number, call: () => void): (() => void) => {
    const due = { at: this.#now + ms, call };
    this.#due.add(due);
    return () => this.#due.delete(due);
  };

  goTo(now: number): void {
    this.#now = now;
    for (const due of [...this.#due]) {
      if (due.at > now || !this.#due.delete(due)) continue;
      due.call();
    }
  }
}

/** What is done to both boards. */
export type Step = { do: 'bytes'; bytes: Uint8Array } | { do: 'wait'; ms: number } | { do: 'power-cut' };

/** What a board did in a step, and how it stands after it: pixels in RGB565. */
export interface Seen {
  said: Buffer;
  shown: Buffer;
  drawn: Buffer;
  lit: Buffer;
  discarded: number;
  offset: number;
  contact: string;
  baud: number;
}

/** The milliseconds of a board in C begin again here (49 days): every run goes through it. */
const WRAP_MS = 2 ** 32;
const BEFORE_WRAP_MS = 20_000;

/** The two boards of one make, made once: the C one is a process. */
export class Twins {
  readonly #options: VirtualBoardOptions;
  readonly #c: CBoard;
  #time = new StepTime(WRAP_MS - BEFORE_WRAP_MS);
  #ts: VirtualBoard;

  constructor(options: VirtualBoardOptions, build: BuildOptions = {}) {
    this.#options = options;
    this.#ts = new VirtualBoard({ ...options, time: this.#time });
    // Told of its time by each step, and not by timers.
    const time: BoardTime = { now: () => this.#time.now(), after: () => () => {} };
    this.#c = new CBoard({ ...options, time }, build);
  }

  get typescript(): VirtualBoard {
    return this.#ts;
  }

  /** Both as they came from their maker. */
  asNew(): void {
    this.#time = new StepTime(WRAP_MS - BEFORE_WRAP_MS);
    this.#ts = new VirtualBoard({ ...this.#options, time: this.#time });
    this.#c.asNew();
  }

  step(step: Step): { typescript: Seen; c: Seen } {
    if (step.do === 'wait') this.#time.goTo(this.#time.now() + step.ms);
    return { typescript: this.#stepOfTypeScript(step), c: this.#stepOfC(step) };
  }

  close(): void {
    this.#c.close();
  }

  #stepOfTypeScript(step: Step): Seen {
    const board = this.#ts;
    const said = step.do === 'bytes' ? board.receive(step.bytes) : [];
    if (step.do === 'power-cut') board.restart();
    const { display } = board;
    return {
      said: Buffer.concat(said),
      shown: Buffer.from(display.pixels()),
      drawn: Buffer.from(display.drawn().bytes),
      lit: Buffer.from(display.lit()),
      discarded: board.discarded(),
      offset: display.marquee.offset(),
      contact: board.relay.contact(),
      baud: board.baud,
    };
  }

  #stepOfC(step: Step): Seen {
    const board = this.#c;
    const said = step.do === 'bytes' ? board.receive(step.bytes) : [];
    if (step.do === 'power-cut') board.restart();
    const { state, shown, drawn, lit } = board.moment();
    return {
      said: Buffer.concat(said),
      shown: Buffer.from(shown),
      drawn: Buffer.from(drawn),
      lit: Buffer.from(lit),
      discarded: state.discarded,
      offset: state.offset,
      contact: board.relay.contact(),
      baud: board.baud,
    };
  }
}
