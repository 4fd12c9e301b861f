import { type Architecture, compareVersions, Version } from '../../firmware-protocol/content/release.ts';
import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import { isDeviceError } from '../errors.ts';
import type { Verdict } from '../keys/document.ts';
import { type Here, knowsTheTime } from '../orders/here.ts';
import type { Clock, Log, Store } from '../ports.ts';
import type { Slots } from '../update-ports.ts';
import { beforeTrialFact, beforeTrialIn } from './before-trial.ts';
import { type MissingPartsNeeds, missingParts } from './missing-parts.ts';
import { nextStep, type Step, type UpdateFacts } from './next-step.ts';
import type { Busy } from './quiet-moment.ts';
import type { ReleaseArrival } from './release-gate.ts';
import { ReleaseShelf, type ReleaseShelfNeeds } from './release-shelf.ts';
import { type StagingNeeds, stageRelease } from './staging.ts';
import { untilProved } from './trial.ts';
import { TriesBook } from './tries-book.ts';
import { UpdateRecords, type UpdateRecordsNeeds } from './update-records.ts';
import { shownOf, type UpdateStatus, type UpdateStep } from './update-status.ts';
import { UPDATE_LIMITS, UPDATE_TIMES } from './update-times.ts';

export interface UpdaterNeeds
  extends Omit<ReleaseShelfNeeds, 'floor' | 'changed'>,
    MissingPartsNeeds,
    UpdateRecordsNeeds {
  slots: Slots;
  architecture: Architecture;
  /** What runs. */
  version: string;
  here: () => Here;
  store: Pick<Store, 'fact' | 'commit'>;
  clock: Pick<Clock, 'monotonic' | 'after'>;
  log: Log;
  fetch: StagingNeeds['fetch'];
  whyNotNow: () => Promise<Busy | undefined>;
  /** Names of the outputs that work now. */
  outputs: () => string[];
  /** Whether the line to the broker is up now. */
  linked: () => boolean;
  /** Ends this process in good order; whoever supervises it starts it again through the launcher. */
  restart: () => void;
}

/**
 * Replaces the agent by a newer one, one step at a time: fetch, wait for a quiet moment, restart on trial, prove, keep.
 * Every step is durable before the next, and every way back leads to the version that ran before (F42-F44).
 */
export class Updater {
  readonly #needs: UpdaterNeeds;
  readonly #shelf: ReleaseShelf;
  readonly #tries: TriesBook;
  readonly #records: UpdateRecords;
  readonly #life = new AbortController();
  #floor: string;
  #step: UpdateStep = { do: 'nothing', why: 'no-release' };
  #working = false;
  /** The next version is chosen: nothing else is begun. */
  #leaving = false;
  #wasLinked = false;
  #cancelTimer: () => void = () => {};

  constructor(needs: UpdaterNeeds) {
    this.#needs = needs;
    this.#floor = needs.version;
    this.#tries = new TriesBook(needs.store);
    this.#records = new UpdateRecords(needs);
    this.#shelf = new ReleaseShelf({ ...needs, floor: () => this.#floor, changed: () => this.#lookIn(0) });
  }

  /** Tells what the last start was about, and begins. Never rejects: an agent that cannot be replaced still plays. */
  async start(): Promise<void> {
    const { slots, log, version } = this.#needs;
    try {
      const state = await slots.state();
      this.#floor = higher(version, state.floor);
      await this.#tries.load();
      await this.#shelf.load();
      await this.#records.start(slots, state);
    } catch (error) {
      log.error({ error }, 'updates could not be looked after yet');
    }
    if (slots.launched.trial) void this.#prove();
    else this.#lookIn(UPDATE_TIMES.first_look_ms);
  }

  stop(): void {
    this.#life.abort();
    this.#cancelTimer();
  }

  /** A release came. Rejects with DeviceError when it cannot be made durable. */
  take(arrival: ReleaseArrival): Promise<Verdict> {
    return this.#shelf.take(arrival);
  }

  /** What of the newest release is not here yet, whenever its time comes: for a stick. */
  async lacks(): Promise<{ sha256: string; bytes: number }[]> {
    const step = nextStep({ ...(await this.#facts()), now: Number.MAX_SAFE_INTEGER, timeKnown: true });
    return missingParts(step, this.#needs);
  }

  /** The line is up: what a trial must see once. */
  connected(): void {
    this.#wasLinked = true;
  }

  status(): UpdateStatus {
    const { version, slots } = this.#needs;
    return { version, ...slots.launched, floor: this.#floor, step: this.#step };
  }

  shown(): DeviceState['update'] {
    return shownOf(this.#step, this.#needs.version);
  }

  /** The health gate of a version on trial. */
  async #prove(): Promise<void> {
    const { slots, store, clock, log, version, outputs } = this.#needs;
    this.#step = { do: 'trial' };
    const before = await beforeTrialIn(store).catch(() => ({ outputs: [], linked: false }));
    const result = await untilProved(
      {
        storeWorks: () => this.#storeWorks(),
        outputsWork: () => before.outputs.every((name) => outputs().includes(name)),
        linked: () => !before.linked || this.#wasLinked,
      },
      clock,
      this.#life.signal,
    );
    try {
      if (result.kept) {
        await slots.confirm(version);
        this.#floor = higher(version, this.#floor);
        this.#step = { do: 'nothing', why: 'newest', version };
        await this.#records.step('confirmed', version);
        this.#lookIn(UPDATE_TIMES.look_ms);
      } else {
        log.error({ version, reason: result.reason }, 'the new version does not do: back to the one before');
        await this.#records.failed('returned', version, result.reason);
        await slots.giveBack();
        await this.#restartWhenQuiet(version);
      }
    } catch (error) {
      // The launcher counts starts and hours: what cannot be written here ends there.
      log.error({ error }, 'the end of the trial could not be written');
    }
  }

  async #storeWorks(): Promise<boolean> {
    const { store, clock } = this.#needs;
    const mark = String(Math.round(clock.monotonic()));
    await store.commit({ facts: { 'update-proof': mark } });
    return (await store.fact('update-proof')) === mark;
  }

  #lookIn(ms: number): void {
    if (this.#life.signal.aborted || this.#leaving || this.#step.do === 'trial') return;
    this.#cancelTimer();
    this.#cancelTimer = this.#needs.clock.after(ms, () => void this.#look());
  }

  async #look(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    let wait_ms: number = UPDATE_TIMES.failed_ms;
    try {
      await this.#needs.slots.settled(false);
      await this.#goOn(await this.#nextStep());
      wait_ms = this.#step.do === 'nothing' ? UPDATE_TIMES.idle_look_ms : UPDATE_TIMES.look_ms;
    } catch (error) {
      this.#needs.log.error({ error }, 'the update could not go on; it is tried again');
    }
    this.#working = false;
    this.#lookIn(wait_ms);
  }

  async #nextStep(): Promise<Step> {
    return nextStep(await this.#facts());
  }

  async #facts(): Promise<UpdateFacts> {
    const { slots, here, architecture, version } = this.#needs;
    const { device, now, ...rest } = here();
    const { held, floor } = await slots.state();
    this.#floor = higher(this.#floor, floor);
    return {
      ...{ device, architecture, version, held, now, floor: this.#floor },
      releases: this.#shelf.good(),
      tries: (tried) => this.#tries.of(tried),
      timeKnown: knowsTheTime(rest),
    };
  }

  async #goOn(step: Step): Promise<void> {
    this.#step = step;
    if (step.do === 'fetch') await this.#fetch(step);
    else if (step.do === 'try-out') await this.#tryOut(step);
  }

  async #fetch({ release, build }: Extract<Step, { do: 'fetch' }>): Promise<void> {
    // Copying a version keeps card and processor busy: not beside sound.
    if ((await this.#needs.whyNotNow()) === 'on-air') return;
    const { version } = release;
    const turn = new AbortController();
    const cancel = this.#needs.clock.after(UPDATE_TIMES.fetch_ms, () => turn.abort());
    try {
      await stageRelease(release, build, this.#needs, AbortSignal.any([turn.signal, this.#life.signal]));
      await this.#records.step('staged', version);
    } catch (error) {
      if (!isDeviceError(error, 'update-corrupt') && !isDeviceError(error, 'media-corrupt')) throw error;
      await this.#tries.count(version, this.#needs.here().now);
      await this.#records.failed('given-up', version, error.code, String(error.context.why ?? ''));
    } finally {
      cancel();
    }
  }

  async #tryOut({ release, slot }: Extract<Step, { do: 'try-out' }>): Promise<void> {
    const { slots, store, here, outputs, linked, whyNotNow } = this.#needs;
    const waits = await whyNotNow();
    this.#step = { do: 'restart', version: release.version, waits };
    if (waits !== undefined) return;
    await this.#tries.count(release.version, here().now);
    await store.commit({ facts: beforeTrialFact({ outputs: outputs(), linked: linked() }) });
    await this.#records.step('activated', release.version);
    await slots.tryOut(slot, UPDATE_LIMITS.trialStarts);
    await this.#restartWhenQuiet(release.version);
  }

  /** Resolves when the restart was asked for, or the agent stops by itself. */
  async #restartWhenQuiet(version: string): Promise<void> {
    const { whyNotNow, clock, restart } = this.#needs;
    this.#leaving = true;
    for (;;) {
      const waits = await whyNotNow();
      this.#step = { do: 'restart', version, waits };
      if (this.#life.signal.aborted) return;
      if (waits === undefined) return restart();
      await new Promise<void>((resolve) => {
        clock.after(UPDATE_TIMES.trial_look_ms, resolve);
      });
    }
  }
}

/** A version that is no version (a build of somebody's own) is below all. */
function higher(a: string, b: string | undefined): string {
  const known = [a, b].filter((each) => each !== undefined && Version.safeParse(each).success) as string[];
  return known.sort(compareVersions).at(-1) ?? '0.0.0';
}
