import type { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import { TimeAnswer, type TimeAsk } from '../../firmware-protocol/mqtt/messages.ts';
import type { Warnings } from '../health/warnings.ts';
import { hearServer } from '../link/server-word.ts';
import type { Log, Random, Store } from '../ports.ts';
import { errorNow, fixFrom, TIME_LIMITS } from './trust.ts';
import type { TrustedClock } from './trusted-clock.ts';

export const TIME_KEEPER_TIMES = {
  /** Until the first answer: nothing of the programme plays before it. */
  askAgain_ms: TIME_LIMITS.roundTrip_ms,
  /** Afterwards: at 100 ppm the clock is off by 0.06 s after ten minutes, less than an echo between towers. */
  refresh_ms: 600_000,
  /** A box that just started, or a busy line, makes an answer wrong by half a second: a better one is asked for so soon. */
  better_ms: 20_000,
  /** Until it may be wrong by no more than this: what the walk of a sound between two houses takes. */
  sureEnough_ms: 50,
  /** How often the floor is saved: a power cut loses no more than this. */
  saveFloor_ms: 3_600_000,
  /** System clock and server further apart than this is a warning (F12). */
  disagree_ms: 60_000,
} as const;

/** After each connect: some lines are never quick, and 75,000 halls ask. */
const TRIES_FOR_BETTER = 4;

export interface TimeKeeperParts {
  device: DeviceId;
  village: AreaCode;
  clock: TrustedClock;
  random: Pick<Random, 'bytes'>;
  store: Pick<Store, 'commit'>;
  keys: () => KeySet | undefined;
  /** Publishes a question; rejects when there is no line. */
  ask: (question: TimeAsk) => Promise<void>;
  /** The trust or the time has just become better. */
  learned: () => void;
  warnings: Warnings;
  log: Log;
}

/** Asks the server for the time, believes only a signed answer to its own last question, and saves the floor. */
export class TimeKeeper {
  readonly #parts: TimeKeeperParts;
  #question: { nonce: string; at: number } | undefined;
  #savedAt: number | undefined;
  #tries = 0;
  #cancel: () => void = () => {};

  constructor(parts: TimeKeeperParts) {
    this.#parts = parts;
  }

  connected(): void {
    this.#tries = 0;
    this.#ask();
  }

  disconnected(): void {
    this.#cancel();
    this.#question = undefined;
  }

  /** A message on the answer topic. Never rejects. */
  async answer(payload: Uint8Array): Promise<void> {
    const { clock, device, village, keys, warnings, log } = this.#parts;
    const arrived = clock.monotonic();
    const question = this.#question;
    // Its own time decides whether its key was valid: the nonce proves that it was made now.
    const heard = hearServer({ device, village, keys: keys() }, TimeAnswer, payload, {
      use: 'time',
      at: (said) => said.time,
    });
    if (!heard.ok) {
      warnings.raise('time-forged', heard.reason);
      log.warn({ reason: heard.reason }, 'answer about the time refused');
      return;
    }
    if (question === undefined || heard.said.nonce !== question.nonce) return;
    this.#question = undefined;
    const fix = fixFrom(epochMsOf(heard.said.time), question.at, arrived);
    if (fix === undefined) return;
    clock.learn(fix);
    this.#tries += 1;
    const isEnough = this.#isSureEnough(arrived) || this.#tries > TRIES_FOR_BETTER;
    this.#askAfter(isEnough ? TIME_KEEPER_TIMES.refresh_ms : TIME_KEEPER_TIMES.better_ms);
    warnings.clear('time-forged');
    this.#compareSystemClock();
    this.#parts.learned();
    await this.#saveFloor(arrived);
  }

  #ask(): void {
    const { clock, random, ask, log } = this.#parts;
    const nonce = Buffer.from(random.bytes(16)).toString('base64url');
    this.#question = { nonce, at: clock.monotonic() };
    this.#askAfter(TIME_KEEPER_TIMES.askAgain_ms);
    ask({ nonce }).catch((error: unknown) => log.warn({ error }, 'the time could not be asked'));
  }

  #isSureEnough(now: number): boolean {
    const { known } = this.#parts.clock;
    return known !== undefined && errorNow(known, now) <= TIME_KEEPER_TIMES.sureEnough_ms;
  }

  #askAfter(ms: number): void {
    this.#cancel();
    this.#cancel = this.#parts.clock.after(ms, () => this.#ask());
  }

  #compareSystemClock(): void {
    const { clock, warnings } = this.#parts;
    const error_ms = clock.systemError() ?? 0;
    if (Math.abs(error_ms) > TIME_KEEPER_TIMES.disagree_ms)
      warnings.raise('clock-wrong', `${Math.round(error_ms / 1_000)} s`);
    else warnings.clear('clock-wrong');
  }

  /** At the wanted end: the next start knows no less than this one did. */
  async close(): Promise<void> {
    this.disconnected();
    this.#savedAt = undefined;
    if (this.#parts.clock.knowsTheTime) await this.#saveFloor(this.#parts.clock.monotonic());
  }

  async #saveFloor(monotonic: number): Promise<void> {
    const { clock, store, log } = this.#parts;
    if (this.#savedAt !== undefined && monotonic - this.#savedAt < TIME_KEEPER_TIMES.saveFloor_ms) return;
    try {
      await store.commit({ facts: { [WALL_FLOOR]: String(clock.wall()) } });
      this.#savedAt = monotonic;
    } catch (error) {
      log.warn({ error }, 'the floor of the clock could not be saved');
    }
  }
}

/** Name of the fact that holds the last saved time, epoch ms. */
const WALL_FLOOR = 'wall-floor';

/** The later of the build and the last saved time: the floor to make a TrustedClock with. */
export async function savedFloor(store: Pick<Store, 'fact'>, builtAt: number): Promise<number> {
  const saved = Number(await store.fact(WALL_FLOOR));
  return Number.isSafeInteger(saved) ? Math.max(saved, builtAt) : builtAt;
}
