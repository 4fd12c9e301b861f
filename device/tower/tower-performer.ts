import {
  CHIME_MS,
  type Chime,
  type MediaRef,
  type TowerContent,
} from '../../firmware-protocol/content/announcement.ts';
import { BANDS, type Band } from '../../firmware-protocol/content/band.ts';
import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import { DeviceError } from '../errors.ts';
import type { LiveSound, Mark, Performance, Performer, Play } from '../playout/play.ts';
import type { Clock, Log } from '../ports.ts';
import {
  type Amplifier,
  type ChimeMaker,
  type Decoder,
  type Player,
  SAMPLE_RATE_HZ,
} from '../sound-ports.ts';
import { AmplifierHold } from './amplifier-hold.ts';
import { LiveContent } from './live-content.ts';
import { ReadAhead } from './read-ahead.ts';
import { framesOf, LENGTH_TOLERANCE_MS, score } from './score.ts';
import { TowerPerformance } from './tower-performance.ts';
import { TOWER_TIMES } from './tower-times.ts';
import { VoiceSlot } from './voice-slot.ts';

/** What this hall adds to what the server prepared. */
export interface SoundRules {
  /** Loudness against what the server prepared, dB; the limiter bounds it. */
  gainDb: number;
  /** Added for a band, dB. */
  bandGainDb?: Partial<Record<Band, number>>;
  /** What the laws allow now, dB against what the server prepared; absent: they say nothing. */
  ceilingDb?: (band: Band) => number;
  /** After the instant of what is staggered, against the echo of the neighbours' towers, ms. */
  staggerMs?: number;
  /** What the amplifier needs before it can be heard, ms: it is called so much earlier. */
  settleMs?: number;
}

export interface TowerParts {
  player: Player;
  amplifier: Amplifier;
  /** Power stays on for so long after the last sample; absent = it goes off with it. */
  amplifierTailMs?: number;
  decoder: Decoder;
  chime: ChimeMaker;
  /** Path of a file that is whole and verified, fetched if need be. Rejects with a `media-` DeviceError. */
  ensureMedia: (media: MediaRef, signal: AbortSignal) => Promise<string>;
  clock: Clock;
  log: Log;
  sound: SoundRules;
}

/** The tower as an output of the playout. One voice at a time; everything slow is done before it is on air. */
export class TowerPerformer implements Performer {
  readonly output = 'tower';
  readonly leadMs: number;
  readonly #parts: TowerParts;
  readonly #slot: VoiceSlot;
  readonly #amplifier: AmplifierHold;
  readonly #chimes = new Map<Chime, Int16Array>();
  #forgetChimes = () => {};

  constructor(parts: TowerParts) {
    this.#parts = parts;
    this.leadMs = TOWER_TIMES.callAheadMs + (parts.sound.settleMs ?? 0);
    this.#slot = new VoiceSlot(parts.player, parts.clock);
    this.#amplifier = new AmplifierHold(parts.amplifier, parts.clock, parts.log, parts.amplifierTailMs);
  }

  /** Whether the sound device is there is found out by opening it: that it was gone a minute ago says nothing. */
  works(): boolean {
    return true;
  }

  whyNot(): string {
    return 'no-sound-device';
  }

  /**
   * Makes the chimes, one at a time and the first after the start: on a small computer an alert would wait a third of a
   * second for its own.
   */
  makeReady(chimes: readonly Chime[] = CHIMES): void {
    const [chime, ...others] = chimes;
    if (chime === undefined) return;
    this.#forgetChimes = this.#parts.clock.after(TOWER_TIMES.chimeApartMs, () => {
      this.#chime(chime);
      this.makeReady(others);
    });
  }

  /** After the last performance: the amplifier is left off. */
  async close(): Promise<void> {
    this.#forgetChimes();
    await this.#slot.close();
    await this.#amplifier.close();
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    if (play.live !== undefined) return this.#prepareLive(play, play.live, from);
    const said = play.announcement.tower;
    if (said === undefined) throw new Error('a play for the tower says nothing on the tower');
    const paths = await this.#fetchAndInspect(said, signal);
    const skip =
      from === undefined ? 0 : (from.word ?? Math.max(0, from.done - framesOf(TOWER_TIMES.rewindMs)));
    const content = this.#decodeAhead(said, paths, skip, signal);
    const [reserved] = await Promise.allSettled([this.#slot.reserve(), content.primed()]);
    try {
      if (reserved.status === 'rejected') throw reserved.reason;
      await content.primed();
    } catch (error) {
      content.close();
      if (reserved.status === 'fulfilled') await this.#slot.cancel();
      throw error;
    }
    const goesOn = from !== undefined && from.done > 0;
    const doneMs = (skip * 1_000) / SAMPLE_RATE_HZ + (goesOn ? CHIME_MS[said.chime] : 0);
    return new TowerPerformance({
      clock: this.#parts.clock,
      slot: this.#slot,
      amplifier: this.#amplifier,
      chime: goesOn ? NO_CHIME : this.#chime(said.chime),
      content,
      from: skip,
      lengthMs: Math.max(0, durationMsOf(play.announcement, 'tower') - doneMs),
      gainDb: () => this.#gainDb(play.band) + (play.gainDb ?? 0),
      callAheadMs: this.leadMs,
      staggerMs: isStaggered(play) ? (this.#parts.sound.staggerMs ?? 0) : 0,
    });
  }

  /** Who speaks now has no file and no chime, and nothing of what he said is kept until the tower is free. */
  async #prepareLive(play: Play, live: LiveSound, from: Mark | undefined): Promise<Performance> {
    await this.#slot.reserve();
    const done = from?.done ?? 0;
    return new TowerPerformance({
      clock: this.#parts.clock,
      slot: this.#slot,
      amplifier: this.#amplifier,
      chime: NO_CHIME,
      content: new LiveContent(live),
      from: done,
      lengthMs: Math.max(0, live.maxMs - (done * 1_000) / SAMPLE_RATE_HZ),
      gainDb: () => this.#gainDb(play.band) + (play.gainDb ?? 0),
      callAheadMs: this.leadMs,
      staggerMs: 0,
    });
  }

  /** Every part is there, looks playable and is no longer than announced before the first one sounds (F33). */
  async #fetchAndInspect(said: TowerContent, signal: AbortSignal): Promise<Map<string, string>> {
    const named = new Map(said.parts.flatMap((part) => (part.type === 'media' ? [[part.sha256, part]] : [])));
    const { ensureMedia, decoder } = this.#parts;
    const paths = new Map<string, string>();
    for (const [sha256, media] of named) {
      const path = await ensureMedia(media, signal);
      const ms = (await decoder.inspect?.(path)) ?? 0;
      if (ms > media.ms + LENGTH_TOLERANCE_MS)
        throw new DeviceError('media-undecodable', { sha256, ms, announced_ms: media.ms });
      paths.set(sha256, path);
    }
    return paths;
  }

  #decodeAhead(
    content: TowerContent,
    paths: Map<string, string>,
    skip: number,
    signal: AbortSignal,
  ): ReadAhead {
    const { decoder } = this.#parts;
    const source = (closed: AbortSignal) =>
      score({ content, paths, decoder, signal: AbortSignal.any([signal, closed]) }, skip);
    return new ReadAhead(source, framesOf(TOWER_TIMES.readAheadMs));
  }

  #gainDb(band: Band): number {
    const { gainDb, bandGainDb, ceilingDb } = this.#parts.sound;
    return Math.min(gainDb + (bandGainDb?.[band] ?? 0), ceilingDb?.(band) ?? Number.POSITIVE_INFINITY);
  }

  #chime(chime: Chime): Int16Array {
    const known = this.#chimes.get(chime) ?? this.#parts.chime(chime);
    this.#chimes.set(chime, known);
    return known;
  }
}

/** What begins at an instant, unless its document says otherwise; a ceremony is one for the whole country. */
function isStaggered({ band, startAt, announcement }: Play): boolean {
  if (startAt === undefined) return false;
  return announcement.tower?.staggered ?? band !== BANDS.ceremony;
}

/** The most urgent first. */
const CHIMES: readonly Chime[] = ['alert', 'attention', 'ding'];
const NO_CHIME = new Int16Array(0);
