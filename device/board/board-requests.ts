import type { Message } from '../../firmware-protocol/serial/catalogue.ts';
import { DeviceError } from '../errors.ts';
import { answerOf } from './board-frames.ts';
import type { BoardAnswer, BoardJob, BoardRequest } from './board-job.ts';
import type { BoardTiming } from './board-timing.ts';

/** A request on its way. */
export interface Asked {
  readonly job: BoardJob;
  readonly request: BoardRequest;
  readonly tries: number;
}

/** What is still to be asked of the board, and what has arrived there and awaits its answer. */
export class BoardRequests {
  readonly #timing: BoardTiming;
  readonly #jobs: BoardJob[] = [];
  /** Questions whose answer was lost: asked again before anything new. */
  readonly #again: Asked[] = [];
  readonly #awaited = new Map<number, { asked: Asked; until: number }>();

  constructor(timing: BoardTiming) {
    this.#timing = timing;
  }

  /** Urgent ones go before the others, in their own order: an amplifier does not wait for a page. */
  take(job: BoardJob): void {
    const firstPatient = this.#jobs.findIndex((waiting) => !waiting.urgent);
    this.#jobs.splice(job.urgent && firstPatient >= 0 ? firstPatient : this.#jobs.length, 0, job);
  }

  get awaitsAnswers(): boolean {
    return this.#awaited.size > 0;
  }

  /** Something is still to be asked. */
  get waiting(): boolean {
    return this.#again.length > 0 || this.#jobs.length > 0;
  }

  /** Something that goes before everything else. */
  get urgent(): boolean {
    return this.#jobs[0]?.urgent ?? false;
  }

  next(): Asked | undefined {
    const again = this.#again.shift();
    if (again !== undefined) return again;
    for (let job = this.#jobs[0]; job !== undefined; job = this.#jobs[0]) {
      const request = job.over ? undefined : job.next();
      if (request !== undefined) return { job, request, tries: 1 };
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
    }
    return undefined;
  }

  /** The board has done the frame of this sequence. */
  acknowledged(sequence: number, asked: Asked, now: number): void {
    if (answerOf(asked.request.name) === undefined) asked.job.done();
    else this.#awaited.set(sequence, { asked, until: now + this.#timing.answerMs });
  }

  answered(sequence: number, message: Message): void {
    const asked = this.#awaited.get(sequence)?.asked;
    if (asked === undefined || answerOf(asked.request.name) !== message.name) return;
    this.#awaited.delete(sequence);
    // Whatever a row names as its answer is a frame of the board: the catalogue's test holds this.
    asked.job.done(message as BoardAnswer);
  }

  /** When the first answer is overdue, monotonic ms. */
  overdueAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.#awaited.values()].map(({ until }) => until));
  }

  askOverdueAgain(now: number): void {
    for (const [sequence, { asked, until }] of this.#awaited) {
      if (now < until) continue;
      this.#awaited.delete(sequence);
      if (asked.tries < this.#timing.askTries) this.#again.push({ ...asked, tries: asked.tries + 1 });
      else asked.job.fail(new DeviceError('panel-silent', { asked: asked.request.name }));
    }
  }

  failAll(why: DeviceError): void {
    for (const job of this.#jobs) job.fail(why);
    for (const { job } of this.#again) job.fail(why);
    for (const { asked } of this.#awaited.values()) asked.job.fail(why);
  }
}
