import { BANDS, type Band } from '../../firmware-protocol/content/band.ts';
import type { PlayId } from '../../firmware-protocol/content/report.ts';
import { isDeviceError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { decide, isStoppedBy } from './arbiter.ts';
import { type Arbiter, emptyArbiter, type Input, isOnAir, type Step } from './arbiter-state.ts';
import { EXACT_MS, exactInstant } from './exact-instant.ts';
import type { Ledger } from './ledger.ts';
import type { Mark, Performance, Performed, Performer, Play } from './play.ts';
import { PLAYOUT_TIMES } from './playout-times.ts';
import { aborted, pause } from './waiting.ts';

export interface RunnerParts {
  performer: Performer;
  ledger: Ledger;
  clock: Clock;
  log: Log;
}

type PerformStep = Extract<Step, { do: 'perform' }>;

/** What the performer holds for one play. An answer for a stage that is no longer held is not listened to. */
interface Stage {
  abort: AbortController;
  performance: Performance | undefined;
  mark: Mark;
}

/** Runs one output: feeds the arbiter what happens, and does what it decides. */
export class OutputRunner {
  readonly #parts: RunnerParts;
  readonly #stages = new Map<PlayId, Stage>();
  readonly #inbox: Input[] = [];
  #state: Arbiter;
  #taking = false;
  #forgetWake: () => void = () => {};
  #watchers: { isDone: () => boolean; resolve: () => void }[] = [];

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#state = emptyArbiter(parts.performer.output, parts.performer.leadMs ?? 0);
  }

  submit(play: Play): void {
    this.#take({ type: 'submit', play });
  }

  /** Resolves when none of what was to stop is left; what comes after it plays. */
  stop(which: PlayId | 'everything', by: PlayId): Promise<void> {
    this.#take({ type: 'stop', which, by });
    const stopping = new Set(this.#state.items.filter((item) => isStoppedBy(which, item)).map(({ n }) => n));
    return this.#until(() => !this.#state.items.some(({ n }) => stopping.has(n)));
  }

  close(): Promise<void> {
    this.#take({ type: 'close' });
    return this.#until(() => this.#state.items.length === 0);
  }

  bandOf(id: PlayId): Band | undefined {
    return this.#state.items.find(({ play }) => play.id === id)?.play.band;
  }

  overdueMs(): number {
    const now = this.#parts.clock.monotonic();
    return Math.max(0, ...this.#state.items.map(({ phase }) => ('until' in phase ? now - phase.until : 0)));
  }

  now(): { play: PlayId; title: string; band: number } | undefined {
    const play = this.#state.items.find(isOnAir)?.play;
    return play && { play: play.id, title: play.announcement.title, band: play.band };
  }

  /** One input at a time: a step may bring the next input before the others are done. */
  #take(input: Input): void {
    this.#inbox.push(input);
    if (this.#taking) return;
    this.#taking = true;
    for (let next = this.#inbox.shift(); next !== undefined; next = this.#inbox.shift()) this.#decide(next);
    this.#taking = false;
    this.#tellWatchers();
  }

  #decide(input: Input): void {
    const { clock } = this.#parts;
    const now = { wall: clock.wall(), monotonic: clock.monotonic() };
    const { state, steps, wakeInMs } = decide(this.#state, input, now);
    this.#state = state;
    for (const step of steps) this.#do(step);
    this.#forgetWake();
    this.#forgetWake =
      wakeInMs === undefined ? () => {} : clock.after(wakeInMs, () => this.#take({ type: 'timeout' }));
  }

  #do(step: Step): void {
    const { ledger, performer } = this.#parts;
    switch (step.do) {
      case 'prepare':
        void this.#prepare(step.play, step.from);
        break;
      case 'discard':
        this.#discard(step.play);
        break;
      case 'perform':
        void this.#perform(step);
        break;
      case 'cut':
        this.#stages.get(step.play)?.abort.abort(step.why);
        break;
      case 'abandon':
        this.#parts.log.error({ play: step.play }, 'the performer did not answer and is left to its drivers');
        this.#stages.delete(step.play);
        break;
      case 'pause':
        ledger.paused(step.play, performer.output, step.by);
        break;
      case 'end':
        ledger.ended(step.play, performer.output, step.ending);
        break;
    }
  }

  async #prepare(play: Play, from: Mark | undefined): Promise<void> {
    const stage: Stage = { abort: new AbortController(), performance: undefined, mark: from ?? { done: 0 } };
    this.#stages.set(play.id, stage);
    const isHeld = () => this.#stages.get(play.id) === stage;
    try {
      const { performer } = this.#parts;
      if (!performer.works()) throw new NotThere(performer.whyNot());
      const performance = await performer.prepare(play, from, stage.abort.signal);
      if (!isHeld()) return await performance.discard();
      stage.performance = performance;
      this.#take({ type: 'prepared', play: play.id, lengthMs: performance.lengthMs });
    } catch (error) {
      if (!isHeld()) return;
      this.#stages.delete(play.id);
      this.#parts.log.warn({ play: play.id, error }, 'a play could not be made ready');
      this.#take({ type: 'unprepared', play: play.id, ...reasonOf(error) });
    }
  }

  #discard(id: PlayId): void {
    const stage = this.#stages.get(id);
    this.#stages.delete(id);
    stage?.abort.abort('stopped');
    void this.#letGo(stage?.performance);
  }

  async #perform(step: PerformStep): Promise<void> {
    const { play } = step;
    const stage = this.#stages.get(play.id);
    if (stage?.performance === undefined) return;
    const performed = await this.#performStage(step, { ...stage, performance: stage.performance });
    if (this.#stages.get(play.id) !== stage) return;
    this.#stages.delete(play.id);
    this.#take({ type: 'performed', play: play.id, performed });
  }

  async #performStage(
    { play, resumed, quietly, at: about, latest }: PerformStep,
    { abort: { signal }, performance, mark }: Stage & { performance: Performance },
  ): Promise<Performed> {
    const { clock, performer } = this.#parts;
    try {
      if (!quietly) await this.#recordBegin(play, resumed, signal);
      const at = await this.#exact(play, about, signal);
      if (at !== undefined) await pause(clock, at - (performer.leadMs ?? 0) - clock.monotonic(), signal);
      const isLate = clock.monotonic() > latest;
      if (signal.aborted || isLate) {
        await this.#letGo(performance);
        return { end: signal.aborted ? 'cut' : 'late', mark };
      }
      const aheadMs = Math.max(0, (at ?? 0) - clock.monotonic());
      this.#take({ type: 'began', play: play.id, startedAt: Math.round(clock.wall() + aheadMs) });
      return await performance.perform(signal, at, latest);
    } catch (error) {
      this.#parts.log.error({ play: play.id, error }, 'a performer broke its promise not to throw');
      return { end: 'failed', ...reasonOf(error), mark };
    }
  }

  /** Its instant to a part of a millisecond, where there is time to look. */
  async #exact(play: Play, about: number | undefined, signal: AbortSignal): Promise<number | undefined> {
    const { clock, performer } = this.#parts;
    if (about === undefined || play.startAt === undefined) return about;
    const leftMs = about - (performer.leadMs ?? 0) - clock.monotonic();
    return leftMs < EXACT_MS ? about : exactInstant(clock, play.startAt, about, signal);
  }

  /**
   * The durable claim comes before the first sample (I2). A store that fails does not silence a village (F5, F6); a
   * store that is slow holds back all but life-safety (F8); a cut waits for nothing.
   */
  async #recordBegin(play: Play, isResumed: boolean, signal: AbortSignal): Promise<void> {
    const { ledger, performer, clock } = this.#parts;
    const { lifeSafety, others } = PLAYOUT_TIMES.recordWaitMs;
    const waited = new AbortController();
    await Promise.race([
      isResumed ? ledger.resumed(play, performer.output) : ledger.started(play, performer.output),
      pause(clock, play.band >= BANDS.alert ? lifeSafety : others, waited.signal),
      aborted(signal, waited.signal),
    ]);
    waited.abort();
  }

  async #letGo(performance: Performance | undefined): Promise<void> {
    try {
      await performance?.discard();
    } catch (error) {
      this.#parts.log.warn({ error }, 'what was prepared could not be let go');
    }
  }

  #until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.push({ isDone, resolve });
      this.#tellWatchers();
    });
  }

  #tellWatchers(): void {
    const done = this.#watchers.filter((watcher) => watcher.isDone());
    this.#watchers = this.#watchers.filter((watcher) => !done.includes(watcher));
    for (const { resolve } of done) resolve();
  }
}

/** The performer's hardware is missing; `message` is its reason code. */
class NotThere extends Error {}

function reasonOf(error: unknown): { reason: string; detail: string } {
  if (error instanceof NotThere) return { reason: error.message, detail: 'the hardware is not there' };
  const reason = isDeviceError(error) ? error.code : 'internal';
  const context = isDeviceError(error) ? ` ${JSON.stringify(error.context)}` : '';
  return { reason, detail: `${error instanceof Error ? error.message : String(error)}${context}` };
}
