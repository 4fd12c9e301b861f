import type { Page } from '../firmware-protocol/content/announcement.ts';
import type { Band } from '../firmware-protocol/content/band.ts';

/** Signs and their lines as the agent sees them. Types only, as ports.ts. */

/** Pixels, row by row from the top left, RGB888. */
export interface Bitmap {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/**
 * What the lamps of a sign can show. `mono`: lit or dark, one colour. `rgb111`: each of red, green and blue lit or dark.
 * `rgb565`: shades. Every bitmap for a sign of less than `rgb565` holds only what its lamps can show.
 */
export type Depth = 'mono' | 'rgb111' | 'rgb565';

/** What a screen is made for. */
export interface PanelFace {
  width: number;
  height: number;
  depth: Depth;
  /** Whether the sign scrolls a strip by itself, so that text may run through. */
  marquee: boolean;
  /** Pixels of the longest strip; absent = as long as one likes. */
  stripPixels?: number;
}

/** Words and pictures to the screens of a sign, Thai shaped. Heavy (a font engine), so it lives in a process that ends by itself. */
export interface TextPainter {
  /** At least one screen. Rejects `painter-failed`. */
  paint(request: PaintRequest): Promise<PaintedScreen[]>;
}

export interface PaintRequest extends PanelFace {
  content:
    | {
        type: 'page';
        page: Page;
        band: Band /** The verified file of the page's picture, once it is here. */;
        picture?: string;
      }
    /** What the sign shows between plays; each form of the date is shorter than the one before, all may be absent. */
    | { type: 'idle'; time?: string; dates: string[]; place: string };
}

export interface PaintedScreen {
  bitmap: Bitmap;
  /** Runs through a window of the bitmap. */
  marquee?: Marquee;
  /** How long it must stand to be read: all screens of a page together at least the page's seconds. */
  ms: number;
}

/** A strip that enters its window from the right, runs through it and comes again. Scrolled by the sign itself. */
export interface Marquee {
  /** As high as its window, of any width. */
  strip: Bitmap;
  /** Left upper corner and width of the window, pixels. */
  x: number;
  y: number;
  width: number;
  /** 1 to 240; steps of one pixel up to 60 a second. */
  pixelsPerSecond: number;
  /** Dark columns between the end of the strip and its next start. */
  gapColumns: number;
}

/** What a sign can and cannot do, so that nothing is asked of it in vain and nothing is claimed for it. */
export interface PanelAbilities {
  /** Takes pixels; false = a controller of somebody else's pictures, which can be dimmed and blanked only. */
  pixels: boolean;
  depth: Depth;
  /** What is shown can be read back. */
  readsBack: boolean;
  /** Changes from page to page in one moment; false = a page may be seen half drawn. */
  whole: boolean;
  marquee: boolean;
  /** Pixels of the longest strip; absent = as long as one likes. */
  stripPixels?: number;
  brightness: boolean;
  /** Keeps a page of its own for when the host is silent. */
  fallback: boolean;
  /** What it can measure of itself. */
  measures: (keyof PanelMeasures)[];
}

/** Each is present where the sign measures it. */
export interface PanelMeasures {
  temperatureC?: number;
  lightLux?: number;
  supplyVolts?: number;
  /** Modules that do not work, numbered from 0, row by row. */
  faultyModules?: number[];
}

/** The test pictures that every sign can show, made by the host where the sign has none of its own. */
export type TestPattern =
  | 'red'
  | 'green'
  | 'blue'
  | 'white'
  | 'dark'
  | 'checker'
  | 'checker-inverse'
  | 'ramp';

/**
 * A sign, ours or another maker's. All reject `panel-gone`, `panel-silent`, `panel-refused`; what `abilities` excludes is
 * rejected as `panel-cannot` and changes nothing.
 */
export interface Panel {
  readonly width: number;
  readonly height: number;
  /** Of the sign that is there now, or was there last. */
  abilities(): PanelAbilities;
  /** Resolves when the page is shown whole, and its marquee runs. Ends `blank`. */
  show(page: Bitmap, marquee?: Marquee): Promise<ShownPage>;
  /** Dark until the next `show`. */
  blank(): Promise<void>;
  /** 0 = as dark as it goes, 255 = full. */
  setBrightness(level: number): Promise<void>;
  /** Kept by the sign over a loss of power, and shown when it heard nothing for so long. */
  keepFallback(page: Bitmap, afterSeconds: number): Promise<void>;
  measure(): Promise<PanelMeasures>;
  /** Reads back what stands; where that is not what `show` showed last, shows it again. */
  check(): Promise<Standing>;
}

/**
 * `restored`: the sign had lost its page with its power or its line. `rewritten`: it showed something else though it was there
 * all the time (F39). `unknown`: it cannot be read back, or nothing was shown.
 */
export type Standing = 'stands' | 'restored' | 'rewritten' | 'unknown';

export interface ShownPage {
  /** CRC-32 of the pixels as the panel holds them, 8 hex digits: computed by the host. */
  crc: string;
  /** The same as read back from the board. */
  boardCrc?: string;
  /** The board showed something else at first, and was written anew (F39). */
  rewritten?: true;
}

/** A byte line to a board: serial port or `tcp:host:port`. */
export interface ByteLine {
  /** The line's own rate now, where it has one: how many bytes may be on their way. */
  readonly bytesPerSecond?: number;
  /** Goes over to another rate, baud, until the line is closed; absent = people set the rate, or it has none. */
  setRate?(baud: number): Promise<void>;
  /** May be called again after a close. Rejects `line-gone`. */
  open(session: { onBytes: (bytes: Uint8Array) => void; onClosed: (reason: string) => void }): Promise<void>;
  /** Resolves when the bytes left; rejects `line-stuck` after its deadline (an unplugged port never calls back). */
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
