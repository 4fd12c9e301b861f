import { DeviceError } from '../../../device/errors.ts';
import { IdlePage } from '../../../device/panel/idle.ts';
import { PanelPerformer } from '../../../device/panel/panel-performer.ts';
import { PanelSlot } from '../../../device/panel/panel-slot.ts';
import type { Play } from '../../../device/playout/play.ts';
import type { Log } from '../../../device/ports.ts';
import type {
  Bitmap,
  Marquee,
  PaintedScreen,
  PaintRequest,
  Panel,
  PanelAbilities,
  PanelMeasures,
  ShownPage,
  Standing,
  TextPainter,
} from '../../../device/sign-ports.ts';
import type { Page, PictureRef } from '../../../firmware-protocol/content/announcement.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';

const SIZE = { width: 2, height: 1 };

/** A sign that remembers what it was shown, by the words that the paper painter wrote in the pixels. */
export class PaperPanel implements Panel {
  readonly width = SIZE.width;
  readonly height = SIZE.height;
  readonly shown: { words: string; at: number; runs: boolean }[] = [];
  fault: DeviceError | undefined;
  /** How long a page takes on the line. */
  lineMs = 0;
  readonly #clock: VirtualClock;
  readonly #wordsOf: (bitmap: Bitmap) => string;

  constructor(clock: VirtualClock, wordsOf: (bitmap: Bitmap) => string) {
    this.#clock = clock;
    this.#wordsOf = wordsOf;
  }

  async show(page: Bitmap, marquee?: Marquee): Promise<ShownPage> {
    if (this.lineMs > 0) await new Promise<void>((resolve) => this.#clock.after(this.lineMs, resolve));
    if (this.fault !== undefined) throw this.fault;
    const runs = marquee !== undefined;
    this.shown.push({ words: this.#wordsOf(page), at: this.#clock.monotonic(), runs });
    const crc = this.shown.length.toString(16).padStart(8, '0');
    return { crc, boardCrc: crc };
  }

  abilities(): PanelAbilities {
    return {
      pixels: true,
      depth: 'rgb565',
      readsBack: true,
      whole: true,
      marquee: false,
      brightness: false,
      fallback: false,
      measures: [],
    };
  }

  async blank(): Promise<void> {}

  async setBrightness(): Promise<void> {}

  async keepFallback(): Promise<void> {}

  async measure(): Promise<PanelMeasures> {
    return {};
  }

  async check(): Promise<Standing> {
    return 'unknown';
  }
}

/** Paints no pixels: a page becomes as many screens as its text has words, each for its share of the time. */
export class PaperPainter implements TextPainter {
  readonly #words = new Map<Bitmap, string>();
  readonly asked: PaintRequest[] = [];
  /** Words that run through. */
  readonly runs = new Set<string>();
  fault: DeviceError | undefined;
  /** What is wrong with this page. */
  refuses: (request: PaintRequest) => DeviceError | undefined = () => undefined;

  async paint(request: PaintRequest): Promise<PaintedScreen[]> {
    this.asked.push(request);
    const fault = this.fault ?? this.refuses(request);
    if (fault !== undefined) throw fault;
    const { content } = request;
    if (content.type === 'idle')
      return [this.#screen([content.time, content.place].filter(Boolean).join(' '), 0)];
    const words = content.page.text.split(' ');
    return words.map((word) => this.#screen(word, (content.page.seconds * 1_000) / words.length));
  }

  wordsOf(bitmap: Bitmap): string {
    return this.#words.get(bitmap) ?? '?';
  }

  #screen(words: string, ms: number): PaintedScreen {
    const bitmap = { ...SIZE, rgb: new Uint8Array(SIZE.width * SIZE.height * 3) };
    this.#words.set(bitmap, words);
    const window = { strip: bitmap, x: 0, y: 0, width: 2, pixelsPerSecond: 30, gapColumns: 1 };
    return { bitmap, ms, ...(this.runs.has(words) && { marquee: window }) };
  }
}

/** Pictures by their hash: on the disk, broken, or on a server that gives them after a while. */
class PictureShelf {
  readonly faults = new Map<string, DeviceError>();
  readonly comesAfterMs = new Map<string, number>();
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  async ensure({ sha256 }: PictureRef, signal: AbortSignal): Promise<string> {
    const fault = this.faults.get(sha256);
    if (fault !== undefined) throw fault;
    await new Promise<void>((resolve, reject) => {
      this.#clock.after(this.comesAfterMs.get(sha256) ?? 0, resolve);
      signal.addEventListener('abort', () => reject(new DeviceError('media-unreachable', { sha256 })));
    });
    return `/media/${sha256}`;
  }
}

export function panelStage() {
  const clock = new VirtualClock();
  const painter = new PaperPainter();
  const panel = new PaperPanel(clock, (bitmap) => painter.wordsOf(bitmap));
  const stood: (ShownPage | Error)[] = [];
  const slot = new PanelSlot(panel, (shown) => stood.push(shown));
  const said: string[] = [];
  const log: Log = {
    info: (_, text) => said.push(text),
    warn: (_, text) => said.push(text),
    error: (_, text) => said.push(text),
  };
  const world = { isTimeKnown: true, isBright: false };
  const idle = new IdlePage({
    slot,
    painter,
    clock,
    log,
    place: 'บ้านเรา',
    isTimeKnown: () => world.isTimeKnown,
  });
  const pictures = new PictureShelf(clock);
  const ensurePicture = (picture: PictureRef, signal: AbortSignal) => pictures.ensure(picture, signal);
  const brighten = () => {
    world.isBright = true;
    return () => {
      world.isBright = false;
    };
  };
  const performer = new PanelPerformer({ slot, painter, idle, clock, ensurePicture, brighten });
  return { pictures, clock, painter, panel, idle, performer, said, stood, world };
}

export function panelPlay(pages: (Partial<Page> & { text: string })[], times = 1): Play {
  return {
    id: '01JZ0000000000000000000000',
    band: 40,
    announcement: {
      title: 'ประกาศ',
      language: 'th',
      panel: { pages: pages.map((page) => ({ seconds: 10, ...page })), times },
    },
    outputs: ['panel'],
    latestStart: Number.MAX_SAFE_INTEGER,
    whenCut: 'resume',
  };
}
