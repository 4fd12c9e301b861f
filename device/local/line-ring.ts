/** Lines of the log that a technician may read without a journal: bounded in lines and in letters of each. */
export class LineRing {
  readonly #most: number;
  readonly #lines: string[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(line: string): void {
    this.#lines.push(line.trimEnd().slice(0, LINE_CHARS));
    if (this.#lines.length > this.#most) this.#lines.shift();
  }

  /** Oldest first. */
  lines(): string[] {
    return [...this.#lines];
  }
}

const LINE_CHARS = 600;
