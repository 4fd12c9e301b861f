import { createHash } from 'node:crypto';
import { type Instant, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { ScreenDoubt } from '../../firmware-protocol/mqtt/screen-doubts.ts';
import type { Screen, SignFace } from '../../firmware-protocol/mqtt/sign-screen.ts';
import { type DeviceError, isDeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Marquee, PanelFace, ShownPage, Standing } from '../sign-ports.ts';
import type { SlotScreen } from './panel-slot.ts';
import { onLamps } from './picture/on-lamps.ts';
import { pngOf } from './picture/png.ts';
import { movedIn, withStrip } from './picture/strip-window.ts';

/** Of the hash that names a picture: enough that two of one hall are never taken for each other. */
const NAME_DIGITS = 24;

export interface SignViewParts {
  clock: Clock;
  face: () => PanelFace;
  readsBack: () => boolean;
  /** Why the sign is not there; undefined = nothing is known against it. */
  whyNot: () => DeviceError | undefined;
  isTimeKnown: () => boolean;
}

/** A screen that came to stand, and when, monotonic ms. */
interface Stood {
  screen: SlotScreen;
  shown: ShownPage;
  at: number;
  /** It was read back then, and was this one. */
  confirmedAt: number | undefined;
}

/** What the sign shows, for who asks from afar: the screen that came to stand last, and what is not known of it. */
export class SignView {
  readonly #parts: SignViewParts;
  #stood: Stood | undefined;
  /** The sign did not take what came after. */
  #isRefused = false;

  constructor(parts: SignViewParts) {
    this.#parts = parts;
  }

  /** How a screen came to stand, or why it did not. */
  came(shown: ShownPage | Error, screen: SlotScreen): void {
    this.#isRefused = shown instanceof Error;
    if (shown instanceof Error) return;
    const at = this.#parts.clock.monotonic();
    this.#stood = { screen, shown, at, confirmedAt: shown.boardCrc === shown.crc ? at : undefined };
  }

  /** How it stood when it was looked at again. */
  looked(standing: Standing | DeviceError): void {
    if (isDeviceError(standing)) this.#isRefused = true;
    else if (standing !== 'unknown' && this.#stood !== undefined) {
      const now = this.#parts.clock.monotonic();
      this.#stood.confirmedAt = now;
      // It was written again: a strip began anew.
      if (standing !== 'stands') this.#stood.at = now;
    }
  }

  get face(): SignFace {
    const { stripPixels, ...face } = this.#parts.face();
    return { ...face, ...(stripPixels !== undefined && { strip_pixels: stripPixels }) };
  }

  /** The screen as its lamps shine, without the pictures that the asker `has`; undefined = nothing came to stand yet. */
  screen(have: string | undefined): Screen | undefined {
    if (this.#stood === undefined) return undefined;
    const { screen, shown, at, confirmedAt } = this.#stood;
    const { clock } = this.#parts;
    const page = onLamps(screen.bitmap);
    const marquee = screen.marquee && { ...screen.marquee, strip: onLamps(screen.marquee.strip) };
    const moved = marquee && movedIn(clock.monotonic() - at, marquee);
    const strip = marquee && pngOf(marquee.strip);
    const picture = nameOf(pngOf(page), strip);
    const isHad = picture === have;
    const now = marquee === undefined || moved === undefined ? page : withStrip(page, marquee, moved);
    return {
      face: this.face,
      known: confirmedAt === undefined ? 'sent' : 'confirmed',
      ...(confirmedAt !== undefined && { confirmed_at: this.#instantOf(confirmedAt) }),
      since: this.#instantOf(at),
      crc: shown.crc,
      of: screen.of,
      picture,
      // What runs looks different at each moment.
      ...((marquee !== undefined || !isHad) && { png: pngOf(now).toString('base64') }),
      ...(marquee !== undefined &&
        moved !== undefined && {
          running: { ...runOf(marquee), moved, ...(!isHad && { png: strip?.toString('base64') }) },
        }),
      unknown: this.#doubts(marquee),
    };
  }

  #doubts(marquee: Marquee | undefined): ScreenDoubt[] {
    const { readsBack, whyNot, isTimeKnown } = this.#parts;
    return [
      ...(readsBack() ? [] : (['not-read-back'] as const)),
      ...(whyNot() === undefined ? [] : (['away'] as const)),
      ...(this.#isRefused ? (['refused'] as const) : []),
      ...(marquee === undefined ? [] : (['moment'] as const)),
      ...(isTimeKnown() ? [] : (['time'] as const)),
    ];
  }

  /** By the clock as it is now: it may have been set since. */
  #instantOf(monotonic: number): Instant {
    const { clock } = this.#parts;
    return instantOf(clock.wall() - (clock.monotonic() - monotonic));
  }
}

function runOf({ strip, x, y, width, pixelsPerSecond, gapColumns }: Marquee) {
  return {
    ...{ x, y, width, columns: strip.width, height: strip.height },
    ...{ pixels_per_second: pixelsPerSecond, gap_columns: gapColumns },
  };
}

function nameOf(page: Uint8Array, strip: Uint8Array | undefined): string {
  const hash = createHash('sha256').update(page);
  return (strip === undefined ? hash : hash.update(strip)).digest('hex').slice(0, NAME_DIGITS);
}
