import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { DeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Amplifier, AmplifierMeasures } from '../sound-ports.ts';
import type { BoardAnswer, BoardRequest } from './board-job.ts';
import type { BoardLink } from './board-link.ts';

export interface BoardAmplifierTiming {
  /** From relay to full power: before it the first syllable would be lost. */
  settleMs: number;
  /** The board switches off by itself when it hears nothing for so long: a host that died leaves no tower humming. */
  limitSeconds: number;
  /** Three tries to renew within the limit. */
  renewMs: number;
}

export const BOARD_AMPLIFIER_TIMING: BoardAmplifierTiming = {
  settleMs: 300,
  limitSeconds: 60,
  renewMs: 20_000,
};

type Power = 'on' | 'off';

/** Of the units on the wire (SPEC 10). */
const TENTHS = 10;
const HUNDREDTHS = 100;
const THOUSANDTHS = 1_000;

/**
 * The amplifier behind a board's relay. What it is told is read back; where the board senses power, that too. A board that
 * comes back is told again, so that neither a lost `off` nor an agent that died leaves it on.
 */
export class BoardAmplifier implements Amplifier {
  readonly #link: BoardLink;
  readonly #clock: Clock;
  readonly #timing: BoardAmplifierTiming;
  #wanted: Power = 'off';
  /** Counts what was wanted: a command that was overtaken by a later one undoes nothing of it. */
  #order = 0;
  #cancelRenewal: () => void = () => {};
  /** The board did not take the gain that was written down for it: it is as loud as it was made. */
  #isGainLost = false;

  /** @param gainDb of the line into it: told to the board whenever it comes; absent = as it is made. */
  constructor(
    link: BoardLink,
    clock: Clock,
    timing: BoardAmplifierTiming = BOARD_AMPLIFIER_TIMING,
    gainDb?: number,
  ) {
    this.#link = link;
    this.#clock = clock;
    this.#timing = timing;
    link.onChange((there) => {
      this.#cancelRenewal();
      if (!there) return;
      this.#switch(this.#wanted).catch(() => {});
      if (gainDb !== undefined) void this.#keepGain(gainDb);
      if (this.#wanted === 'on') this.#renewLater();
    });
  }

  onThere(call: () => void): void {
    this.#link.onChange((there) => {
      if (there) call();
    });
  }

  get senses(): boolean {
    return this.#link.board?.fitted.includes('amplifier-sense') ?? false;
  }

  async on(): Promise<void> {
    const order = this.#want('on');
    try {
      await this.#switch('on');
      if (order === this.#order) this.#renewLater();
      await new Promise<void>((resolve) => this.#clock.after(this.#timing.settleMs, resolve));
      if (order === this.#order) await this.#expect('on');
    } catch (error) {
      // Not known to be on, so nothing will be played: it must not stay on either.
      if (order === this.#order) await this.off().catch(() => {});
      throw error;
    }
  }

  async off(): Promise<void> {
    const order = this.#want('off');
    await this.#switch('off');
    if (order === this.#order) await this.#expect('off');
  }

  /** @param decibels of the line into it; the board takes the nearest that it has. Rejects `amplifier-failed`, `panel-cannot`. */
  async setGain(decibels: number): Promise<void> {
    this.#mustHave('amplifier-gain');
    const gain = Math.round(decibels * HUNDREDTHS);
    await this.#asked([{ name: 'amplifier-gain', body: { gain } }]);
  }

  async measure(): Promise<AmplifierMeasures> {
    this.#mustHave('amplifier-measure');
    const [answer] = await this.#asked([{ name: 'amplifier-measure-ask', body: {} }]);
    if (answer?.name !== 'amplifier-measure') throw new DeviceError('amplifier-failed', { answer: 'none' });
    const { known, level, current, temperature, supply, faults } = answer.body;
    return {
      ...(known.includes('level') && { levelDb: level / HUNDREDTHS }),
      ...(known.includes('current') && { currentAmperes: current / THOUSANDTHS }),
      ...(known.includes('temperature') && { temperatureC: temperature / TENTHS }),
      ...(known.includes('supply') && { supplyVolts: supply / THOUSANDTHS }),
      faults: this.#isGainLost ? [...faults, 'gain-not-set'] : faults,
    };
  }

  async #keepGain(decibels: number): Promise<void> {
    this.#isGainLost = await this.setGain(decibels).then(
      () => false,
      () => true,
    );
  }

  #mustHave(what: 'amplifier-gain' | 'amplifier-measure'): void {
    const { board } = this.#link;
    if (board !== undefined && !board.fitted.includes(what)) throw new DeviceError('panel-cannot', { what });
  }

  async #asked(requests: BoardRequest[]): Promise<BoardAnswer[]> {
    try {
      return await this.#link.run(requests);
    } catch (cause) {
      throw new DeviceError('amplifier-failed', { asked: requests[0]?.name }, cause);
    }
  }

  #want(power: Power): number {
    this.#wanted = power;
    this.#cancelRenewal();
    this.#order += 1;
    return this.#order;
  }

  async #switch(power: Power): Promise<void> {
    const limitSeconds = this.#timing.limitSeconds;
    try {
      await this.#link.run([{ name: 'amplifier-power', body: { power, limitSeconds } }], { urgent: true });
    } catch (cause) {
      throw new DeviceError('amplifier-failed', { power }, cause);
    }
  }

  async #expect(power: Power): Promise<void> {
    const state = await this.#state(power);
    if (state.commanded === power && (state.sensed === power || state.sensed === 'unknown')) return;
    throw new DeviceError('amplifier-failed', { power, ...state });
  }

  async #state(power: Power): Promise<FrameBody<'amplifier-state'>> {
    try {
      const [answer] = await this.#link.run([{ name: 'amplifier-ask', body: {} }], { urgent: true });
      if (answer?.name === 'amplifier-state') return answer.body;
    } catch (cause) {
      throw new DeviceError('amplifier-failed', { power }, cause);
    }
    throw new DeviceError('amplifier-failed', { power, answer: 'none' });
  }

  /** A renewal that fails is not the end: the link comes back within seconds, the limit is longer. */
  #renewLater(): void {
    this.#cancelRenewal();
    this.#cancelRenewal = this.#clock.after(this.#timing.renewMs, () => {
      this.#switch(this.#wanted).catch(() => {});
      this.#renewLater();
    });
  }
}
