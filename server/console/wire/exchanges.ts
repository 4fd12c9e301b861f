import type { Failure } from '../../../firmware-protocol/mqtt/answer.ts';
import type { RequestName } from '../../../firmware-protocol/mqtt/requests.ts';
import { Refused, Unreachable } from './failure.ts';

/** One question or order of this page, and what became of it. */
export interface Exchange {
  number: number;
  what: RequestName;
  way: 'http' | 'mqtt';
  /** Epoch ms at which it was asked. */
  at: number;
  ms: number;
  outcome: 'answered' | 'refused' | 'unanswered';
  /** Of a refused one. */
  failure?: Failure;
}

/** Some minutes of a busy page; older ones go. */
const KEPT = 300;

/** What this page asked of the server: for who has to find out, over the telephone, where it is stuck. */
export class ExchangeLog {
  #list: readonly Exchange[] = [];
  #number = 0;
  readonly #watchers = new Set<() => void>();

  /** The newest first; another array after each change. */
  get list(): readonly Exchange[] {
    return this.#list;
  }

  onChange(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** `ask` is done, and written down; one that the page itself gave up is not. */
  async noted<T>(what: RequestName, way: Exchange['way'], ask: () => Promise<T>): Promise<T> {
    const at = Date.now();
    const begun = performance.now();
    const write = (end: Pick<Exchange, 'outcome' | 'failure'>) =>
      this.#write({
        number: this.#number++,
        what,
        way,
        at,
        ms: Math.round(performance.now() - begun),
        ...end,
      });
    try {
      const answer = await ask();
      write({ outcome: 'answered' });
      return answer;
    } catch (error) {
      if (error instanceof Refused) write({ outcome: 'refused', failure: error.failure });
      else if (error instanceof Unreachable) write({ outcome: 'unanswered' });
      throw error;
    }
  }

  #write(exchange: Exchange): void {
    this.#list = [exchange, ...this.#list.slice(0, KEPT - 1)];
    for (const watcher of this.#watchers) watcher();
  }
}
