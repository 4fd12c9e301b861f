const CELLS = 24;
const CLEAR_LINE = '\r\u001b[K';

type Terminal = Pick<NodeJS.WriteStream, 'isTTY'> & { write: (text: string) => unknown };

/** One line of a terminal that is written over and over; on anything else nothing is written at all. */
export class ProgressLine {
  readonly #terminal: Terminal;
  #shown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(what: string, share: number): void {
    if (!this.#terminal.isTTY) return;
    const done = Math.min(Math.max(share, 0), 1);
    const full = Math.round(done * CELLS);
    const bar = '█'.repeat(full) + '░'.repeat(CELLS - full);
    this.#terminal.write(`${CLEAR_LINE}${what}  ${bar}  ${Math.round(done * 100)} %`);
    this.#shown = true;
  }

  /** Before anything else is written. */
  clear(): void {
    if (this.#shown) this.#terminal.write(CLEAR_LINE);
    this.#shown = false;
  }
}
