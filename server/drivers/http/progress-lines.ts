import { PassThrough } from 'node:stream';
import type { MediaInfo } from '../../../firmware-protocol/http/media.ts';
import type { Failure } from '../../../firmware-protocol/mqtt/answer.ts';

/** Percent steps that are worth a line. */
const STEP = 0.01;

/**
 * Progress of an upload as NDJSON: `{"progress":0.42}` lines, then one of `{"media":…}` or `{"error":…}`. Begins with the
 * first line, so that what fails before can still answer with its own status.
 */
export class ProgressLines {
  readonly #send: (stream: PassThrough) => void;
  #stream: PassThrough | undefined;
  #told = -STEP;

  constructor(send: (stream: PassThrough) => void) {
    this.#send = send;
  }

  get begun(): boolean {
    return this.#stream !== undefined;
  }

  progress(done: number): void {
    if (done - this.#told < STEP) return;
    this.#told = done;
    this.#line({ progress: Math.round(done * 100) / 100 });
  }

  end(result: { media: MediaInfo } | { error: Failure }): void {
    this.#line(result);
    this.#stream?.end();
  }

  #line(value: object): void {
    if (this.#stream === undefined) {
      this.#stream = new PassThrough();
      this.#send(this.#stream);
    }
    this.#stream.write(`${JSON.stringify(value)}\n`);
  }
}
