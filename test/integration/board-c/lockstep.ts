import type { BoardTime } from '../../../scripts/virtual-board/board-time.ts';
import { CBoardPipe } from '../../../scripts/virtual-board/c-board-pipe.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import type { VirtualBoardOptions } from '../../../scripts/virtual-board/virtual-board-options.ts';

/** A clock that goes on when told to. */
export class StepTime implements BoardTime {
  #now = 0;
  readonly #due = new Set<{ at: number; call: () => void }>();

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

/** What a board did after a step. */
export interface Seen {
  said: string;
  shown: string;
  drawn: string;
  lit: string;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export class TypeScriptBoard {
  readonly board: VirtualBoard;
  readonly #time = new StepTime();

  constructor(options: VirtualBoardOptions) {
    this.board = new VirtualBoard({ ...options, time: this.#time });
  }

  step(step: Step): Seen {
    let said: Uint8Array[] = [];
    if (step.do === 'bytes') said = this.board.receive(step.bytes);
    else if (step.do === 'wait') this.#time.goTo(this.#time.now() + step.ms);
    else this.board.restart();
    const { display } = this.board;
    const [shown, drawn, lit] = [display.pixels(), display.drawn().bytes, display.lit()];
    return { said: hex(Buffer.concat(said)), shown: hex(shown), drawn: hex(drawn), lit: hex(lit) };
  }
}

/** The C board, one step after another. */
export class CBoard {
  readonly #pipe: CBoardPipe;
  #now = 0;
  #said: Uint8Array[] = [];
  #answer: Uint8Array = new Uint8Array();
  #done: () => void = () => {};

  constructor(program: string, words: string[] = []) {
    this.#pipe = new CBoardPipe(program, ['--pipes', ...words]);
    this.#pipe.onMessage = ({ letter, bytes }) => {
      if (letter === 'O') this.#said.push(bytes);
      if (letter === 'A') this.#answer = bytes;
      if (letter === 'D') this.#done();
    };
  }

  async step(step: Step): Promise<Seen> {
    this.#said = [];
    if (step.do === 'bytes') await this.#ask('B', step.bytes);
    else if (step.do === 'wait') {
      this.#now += step.ms;
      const ms = Buffer.alloc(4);
      ms.writeUInt32BE(this.#now);
      await this.#ask('T', ms);
    } else await this.#ask('R');
    const said = hex(Buffer.concat(this.#said));
    const [shown, drawn, lit] = [await this.#look('s'), await this.#look('d'), await this.#look('l')];
    return { said, shown, drawn, lit };
  }

  async #look(what: string): Promise<string> {
    await this.#ask('Q', Buffer.from(what, 'latin1'));
    return hex(this.#answer);
  }

  async #ask(letter: string, bytes?: Uint8Array): Promise<void> {
    const done = new Promise<'done'>((resolve) => {
      this.#done = () => resolve('done');
    });
    this.#pipe.send(letter, bytes);
    const first = await Promise.race([done, this.#pipe.ended]);
    if (first !== 'done') throw new Error(`the C board ended with ${first}`);
  }

  close(): Promise<number | null> {
    return this.#pipe.close();
  }
}
