import type { Clock, Log } from '../ports.ts';

/** Where alerts come from without anybody posting them. */
export interface AlertSource {
  /** As the configuration names it. */
  via: string;
  everyMs: number;
  /** Hands over what is new, file by file; `receive` resolves with the answers to its sender. Rejects when it cannot be read. */
  take(receive: (bytes: Uint8Array) => Promise<string[]>): Promise<void>;
}

interface Needs {
  sources: readonly AlertSource[];
  receive: (bytes: Uint8Array, via: string) => Promise<string[]>;
  clock: Pick<Clock, 'after'>;
  log: Pick<Log, 'warn' | 'info'>;
}

/** Asks each source in its own time; one that fails is asked again, and said so once until it is well. */
export class AlertSources {
  readonly #needs: Needs;
  readonly #cancels = new Map<AlertSource, () => void>();
  readonly #failing = new Set<AlertSource>();
  readonly #underWay = new Set<Promise<void>>();
  #isRunning = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  start(): void {
    this.#isRunning = true;
    for (const source of this.#needs.sources) this.#round(source);
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    for (const cancel of this.#cancels.values()) cancel();
    await Promise.all(this.#underWay);
  }

  #round(source: AlertSource): void {
    const { clock, receive } = this.#needs;
    const round = source
      .take((bytes) => receive(bytes, source.via))
      .then(
        () => this.#well(source),
        (error: unknown) => this.#failed(source, error),
      )
      .then(() => {
        this.#underWay.delete(round);
        if (this.#isRunning)
          this.#cancels.set(
            source,
            clock.after(source.everyMs, () => this.#round(source)),
          );
      });
    this.#underWay.add(round);
  }

  #well(source: AlertSource): void {
    if (this.#failing.delete(source)) this.#needs.log.info({ via: source.via }, 'alerts are read again');
  }

  #failed(source: AlertSource, error: unknown): void {
    if (!this.#failing.has(source)) this.#needs.log.warn({ error, via: source.via }, 'alerts cannot be read');
    this.#failing.add(source);
  }
}
