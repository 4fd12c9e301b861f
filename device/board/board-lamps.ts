import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import type { BoardRequest } from './board-job.ts';
import type { BoardLink } from './board-link.ts';

interface LampsWanted {
  /** 0 to 255. */
  brightness?: number;
  dark?: boolean;
}

/** The lamps of a board as they were wanted last: what a board that lost its power is told again. */
export class BoardLamps {
  readonly #link: BoardLink;
  #wanted: LampsWanted = {};

  constructor(link: BoardLink) {
    this.#link = link;
  }

  get isDark(): boolean {
    return this.#wanted.dark === true;
  }

  /** Something other than the board's own start was wanted. */
  get areSet(): boolean {
    return this.isDark || this.#wanted.brightness !== undefined;
  }

  /** Boards of 1.0 do not know `blank`. */
  get knowBlank(): boolean {
    return (this.#link.board?.minor ?? 0) >= 1;
  }

  /** Rejects as `BoardLink.run`. */
  async set(change: LampsWanted): Promise<void> {
    const requests: BoardRequest[] = [];
    if (change.brightness !== undefined)
      requests.push({ name: 'brightness', body: { level: change.brightness } });
    if (change.dark !== undefined)
      requests.push({ name: 'blank', body: { lamps: change.dark ? 'dark' : 'lit' } });
    await this.#link.run(requests);
    this.#wanted = { ...this.#wanted, ...change };
  }

  /** What a board of this status is to be told, so that its lamps are as wanted. */
  *corrections({ brightness, lamps }: FrameBody<'status'>, canBeDimmed: boolean): Generator<BoardRequest> {
    const { brightness: level } = this.#wanted;
    if (level !== undefined && level !== brightness && canBeDimmed)
      yield { name: 'brightness', body: { level } };
    if (this.isDark && lamps === 'lit' && this.knowBlank) yield { name: 'blank', body: { lamps: 'dark' } };
  }
}
