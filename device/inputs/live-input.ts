import type { Band } from '../../firmware-protocol/content/band.ts';
import { BANGKOK_OFFSET_MS } from '../../firmware-protocol/content/instant.ts';
import type { InputName } from '../../firmware-protocol/content/warnings/input-warnings.ts';
import type { InputLevel } from '../../firmware-protocol/mqtt/messages.ts';
import { DeviceError, isDeviceError, saidLast } from '../errors.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Play, Playout } from '../playout/play.ts';
import { pause } from '../playout/waiting.ts';
import type { Clock, Log } from '../ports.ts';
import type { Contact, Ear, Recorder } from '../sound-ports.ts';
import { Carrier, type CarrierRules } from './carrier.ts';
import { LiveFeed } from './live-feed.ts';
import { Preroll } from './preroll.ts';

/** Every duration of an input, ms. */
const INPUT_TIMES = {
  /** A device that is missing is looked for again after; a plug that was pulled is back within minutes or not today. */
  retryMs: 5_000,
  /** Before the level opened it: the first syllable, and what the level needed to be believed. */
  prerollMs: 250,
} as const;

/** What a hall has, beside how it is looked after. */
export interface InputHardware {
  name: InputName;
  /** For sign, report and page: `วิทยุข่าย`. */
  title: string;
  band: Band;
  recorder: Recorder;
  /** Opens it, if there is one; else the level does. */
  contact?: Contact | undefined;
  carrier: CarrierRules;
  /** The longest that it may go on without a pause: a stuck key or carrier holds no tower for ever. */
  maxTalkMs: number;
  gainDb: number;
}

export interface InputParts {
  hardware: InputHardware;
  /** Claims it durably and hands it to the playout, where the ladder and the laws decide. Never rejects. */
  accept: (play: Play) => Promise<void>;
  playout: Pick<Playout, 'now' | 'stop' | 'bandOf'>;
  clock: Clock;
  warnings: Pick<Warnings, 'raise' | 'clear'>;
  log: Log;
}

/** Somebody speaks, or did until a moment ago. */
interface Talk {
  id: string;
  feed: LiveFeed;
  /** Monotonic ms. */
  since: number;
  isAccepted: boolean;
}

/** A receiver or a microphone: listens all the time, and makes a play of the arbiter of whatever opens it. */
export class LiveInput {
  readonly #parts: InputParts;
  readonly #carrier: Carrier;
  readonly #preroll = new Preroll(INPUT_TIMES.prerollMs);
  readonly #stopping = new AbortController();
  #listening: Promise<void> = Promise.resolve();
  #forgetContact: () => void = () => {};
  #isThere = false;
  #talk: Talk | undefined;
  /** Over, but not yet out of the playout's hands. */
  #leaving: Talk[] = [];
  #isStuck = false;

  constructor(parts: InputParts) {
    this.#parts = parts;
    this.#carrier = new Carrier(parts.hardware.carrier);
  }

  get works(): boolean {
    return this.#isThere;
  }

  start(): void {
    const { contact } = this.#parts.hardware;
    contact?.start();
    this.#forgetContact = contact?.onChange(() => this.#look()) ?? (() => {});
    this.#listening = this.#listen();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#forgetContact();
    this.#talk?.feed.end();
    await this.#listening;
    await this.#parts.hardware.contact?.stop();
  }

  level(): InputLevel {
    const { name } = this.#parts.hardware;
    const heard = this.#isThere ? this.#carrier.level() : {};
    return { name, there: this.#isThere, open: this.#isWanted(), ...heard };
  }

  /** Opens the device again and again for as long as the agent lives (F35). */
  async #listen(): Promise<void> {
    const { hardware, clock } = this.#parts;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#hearOut(await hardware.recorder.open());
      } catch (error) {
        this.#lost(error);
      }
      await pause(clock, INPUT_TIMES.retryMs, this.#stopping.signal);
      this.#withdrawUnheard();
    }
  }

  async #hearOut(ear: Ear): Promise<void> {
    const close = () => void ear.close();
    this.#stopping.signal.addEventListener('abort', close);
    try {
      for (let heard = await ear.hear(); heard !== undefined; heard = await ear.hear()) {
        if (this.#stopping.signal.aborted) return;
        this.#found();
        this.#take(heard);
      }
    } finally {
      this.#stopping.signal.removeEventListener('abort', close);
      await ear.close();
    }
  }

  #take(samples: Int16Array): void {
    this.#carrier.hear(samples);
    this.#preroll.push(samples);
    this.#talk?.feed.push(samples);
    this.#look();
  }

  #found(): void {
    if (this.#isThere) return;
    this.#isThere = true;
    this.#parts.warnings.clear(`${this.#parts.hardware.name}-gone`);
  }

  #lost(error: unknown): void {
    const { hardware, warnings, log } = this.#parts;
    log.warn({ input: hardware.name, error }, 'an input cannot be heard');
    this.#isThere = false;
    warnings.raise(`${hardware.name}-gone`, saidLast(error));
    // What was stuck is stuck until it was heard to be silent.
    if (!this.#isStuck) this.#carrier.forget();
    this.#preroll.forget();
    this.#endTalk(isDeviceError(error) ? error : new DeviceError('recorder-failed', {}, error));
  }

  #isWanted(): boolean {
    const { contact } = this.#parts.hardware;
    return this.#isThere && (contact === undefined ? this.#carrier.isOpen : contact.closed() === true);
  }

  /** Whatever changed: who begins, who ends, who has been going on for too long. */
  #look(): void {
    const { hardware, clock, warnings } = this.#parts;
    const isWanted = this.#isWanted();
    // That its card is gone does not mean that it fell silent.
    if (this.#isStuck && !isWanted && this.#isThere) {
      this.#isStuck = false;
      warnings.clear(`${hardware.name}-stuck`);
    }
    if (this.#talk === undefined && isWanted && !this.#isStuck) this.#begin();
    else if (this.#talk !== undefined && !isWanted) this.#endTalk();
    else if (this.#talk !== undefined && clock.monotonic() - this.#talk.since >= hardware.maxTalkMs)
      this.#endStuck();
    this.#withdrawUnheard();
  }

  #begin(): void {
    const { hardware, clock, accept } = this.#parts;
    const { name, title, band, maxTalkMs, gainDb } = hardware;
    const feed = new LiveFeed();
    // A key is pressed before one speaks; a level is known only after.
    if (hardware.contact === undefined) feed.push(this.#preroll.samples());
    const now = clock.wall();
    const talk: Talk = {
      id: `input/${name}/${compactLocal(now)}`,
      feed,
      since: clock.monotonic(),
      isAccepted: false,
    };
    this.#talk = talk;
    const play: Play = {
      ...{ id: talk.id, band, gainDb, outputs: ['tower'], whenCut: 'resume' },
      announcement: { title, language: 'th', tower: { chime: 'none', parts: [], times: 1, gap_ms: 0 } },
      // Something higher may speak for as long as it likes: who still holds the key then goes on.
      latestStart: now + maxTalkMs,
      live: { maxMs: maxTalkMs, open: (signal) => feed.read(signal) },
    };
    void accept(play).then(() => {
      talk.isAccepted = true;
      this.#withdrawUnheard();
    });
  }

  #endTalk(error?: DeviceError): void {
    if (this.#talk === undefined) return;
    this.#talk.feed.end(error);
    this.#leaving.push(this.#talk);
    this.#talk = undefined;
    this.#withdrawUnheard();
  }

  #endStuck(): void {
    const { name, maxTalkMs } = this.#parts.hardware;
    this.#isStuck = true;
    this.#parts.warnings.raise(`${name}-stuck`, `on for ${Math.round(maxTalkMs / 1_000)} s without a pause`);
    this.#endTalk(new DeviceError('input-stuck', { input: name, ms: maxTalkMs }));
  }

  /** Who let go while something higher was speaking is not called up afterwards, to say nothing. */
  #withdrawUnheard(): void {
    const { playout } = this.#parts;
    this.#leaving = this.#leaving.filter(({ id, isAccepted }) => {
      if (!isAccepted) return true;
      if (playout.bandOf(id) === undefined) return false;
      if (playout.now().tower?.play !== id) void playout.stop(id, id);
      return true;
    });
  }
}

/** `20261126T155501123`: to the millisecond, so that two have two names. */
function compactLocal(epochMs: number): string {
  return new Date(epochMs + BANGKOK_OFFSET_MS).toISOString().replace(/[-:.Z]/g, '');
}
