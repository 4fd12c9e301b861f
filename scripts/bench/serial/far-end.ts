import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { WireFaults } from '../../virtual-board/wire.ts';
import { bundlePath } from '../../virtual-village/hall.ts';

/** What hangs at the far end of the line. */
export interface FarPlan {
  baud: number;
  /** A board of ours, or something that counts bytes and says nothing. */
  kind: 'board' | 'counter';
  width: number;
  height: number;
  /** Frames that the board takes in flight. */
  window?: number;
  flipOneBitIn?: number;
}

export type FarOrder =
  | { name: 'plug'; plan: FarPlan }
  | { name: 'count' }
  /** Answered when so many bytes have come since the far end was plugged in. */
  | { name: 'arrival'; bytes: number }
  /** Of both directions, from now on. */
  | { name: 'faults'; faults: WireFaults };

export interface FarAnswer {
  spec: string;
  /** Bytes that came off the line, from the host. */
  bytes: number;
  /** Pages that the board showed. */
  pages: number;
  /** `process.hrtime`, ms: the same clock in every process of a machine (CLOCK_MONOTONIC). */
  at: number;
}

export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * The far end of a paced line, in a process of its own: neither its pacing nor the board's work is measured with the host.
 */
export class FarEnd {
  readonly spec: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: FarAnswer) => void>();
  #count = 0;

  private constructor(child: ChildProcess, spec: string) {
    this.#child = child;
    this.spec = spec;
  }

  static async plug(plan: FarPlan): Promise<FarEnd> {
    const child = fork(bundlePath('serial-far-end'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const unplugged = new FarEnd(child, '');
    const { spec } = await unplugged.#ask({ name: 'plug', plan });
    // A line over TCP has no rate of its own: pacing is the far end's.
    return new FarEnd(child, spec.startsWith('tcp:') ? spec : `${spec}@${plan.baud}`).#listening();
  }

  count(): Promise<FarAnswer> {
    return this.#ask({ name: 'count' });
  }

  arrival(bytes: number): Promise<FarAnswer> {
    return this.#ask({ name: 'arrival', bytes });
  }

  async setFaults(faults: WireFaults): Promise<void> {
    await this.#ask({ name: 'faults', faults });
  }

  async unplug(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }

  #listening(): this {
    this.#child.on('message', (message) => this.#hear(message));
    return this;
  }

  #ask(order: FarOrder): Promise<FarAnswer> {
    const id = ++this.#count;
    if (this.#child.listenerCount('message') === 0) this.#listening();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ id, order }, (error) => error && reject(error));
    });
  }

  /** From the process that we started, built from the same sources: not outside data. */
  #hear(message: unknown): void {
    const { id, answer } = message as { id: number; answer: FarAnswer };
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
