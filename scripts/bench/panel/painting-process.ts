import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { bundlePath } from '../../virtual-village/hall.ts';
import { residentMiB } from '../process-memory.ts';

export interface PaintOrder {
  width: number;
  height: number;
  text: string;
}

export interface PaintedAnswer {
  ms: number;
  /** The highest that the process with the font engine has been. */
  painterPeakMiB: number;
}

/** A process that paints when it is told to: as the agent does, or with the font engine alone. */
export class PaintingProcess {
  /** From its start until it could take an order. */
  readonly startMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, startMs: number) {
    this.#child = child;
    this.startMs = startMs;
  }

  static async start(name: 'panel-painting' | 'floor-painting'): Promise<PaintingProcess> {
    const startedAt = performance.now();
    const child = fork(bundlePath(name), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await once(child, 'message');
    return new PaintingProcess(child, performance.now() - startedAt);
  }

  async paint(order: PaintOrder): Promise<PaintedAnswer> {
    this.#child.send(order);
    const [answer] = await once(this.#child, 'message');
    // From the process that we started, built from the same sources: not outside data.
    return answer as PaintedAnswer;
  }

  residentMiB(): Promise<number> {
    return residentMiB(this.#child.pid);
  }

  async end(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }
}
