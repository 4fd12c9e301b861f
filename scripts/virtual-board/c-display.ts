import { crc32 } from '../../firmware-protocol/serial/crc32.ts';
import type { CPipes } from './c-pipes.ts';
import type { FarDisplay, Picture } from './far-board.ts';
import { rgbOf } from './lamp-light.ts';

/** What host_pipes.c says of the board's memory. */
export interface CState {
  shown: number;
  drawn: number;
  pages: number;
  discarded: number;
  marquee: number;
  offset: number;
  /** CRC of the fallback page; 0 = none. */
  fallback: number;
  /** Seconds of silence until it is shown; 0 = never. */
  afterSeconds: number;
  showsFallback: boolean;
  isDark: boolean;
  brightness: number;
}

const STATE_BYTES = 36;

export function stateOf(pipes: CPipes): CState {
  return readState(answerOf(pipes, 'v'));
}

/** Memory and lamps of one moment, pixels in RGB565. */
export interface CMoment {
  state: CState;
  shown: Uint8Array;
  drawn: Uint8Array;
  lit: Uint8Array;
}

export function momentOf(pipes: CPipes): CMoment {
  const [state, shown, drawn, lit] = pipes.ask('Q', Buffer.from('a')).map(({ bytes }) => bytes);
  if (state === undefined || shown === undefined || drawn === undefined || lit === undefined)
    throw new Error('the C board does not say all');
  return { state: readState(state), shown, drawn, lit };
}

function readState(bytes: Uint8Array): CState {
  if (bytes.length !== STATE_BYTES) throw new Error(`a state of ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer);
  const at = (word: number): number => view.getUint32(4 * word);
  return {
    shown: at(0),
    drawn: at(1),
    pages: at(2),
    discarded: at(3),
    marquee: at(4),
    offset: at(5),
    fallback: at(6),
    afterSeconds: at(7),
    showsFallback: view.getUint8(32) === 1,
    isDark: view.getUint8(33) === 1,
    brightness: view.getUint8(34),
  };
}

function answerOf(pipes: CPipes, what: 'l' | 's' | 'd' | 'v'): Uint8Array {
  const answer = pipes.ask('Q', Buffer.from(what)).find(({ letter }) => letter === 'A');
  if (answer === undefined) throw new Error(`the C board does not say ${what}`);
  return answer.bytes;
}

/** The display of a C board, looked at through its pipes. */
export class CDisplay implements FarDisplay {
  readonly width: number;
  readonly height: number;
  faultyByte: number | undefined;
  onShown: () => void = () => {};
  readonly #pipes: CPipes;
  readonly #upToDate: () => void;
  /** While a page is told of: that page, though others may have come since. */
  #told: Uint8Array | undefined;

  /** @param upToDate lets the board's time pass until now. */
  constructor(shape: { width: number; height: number }, pipes: CPipes, upToDate: () => void) {
    this.width = shape.width;
    this.height = shape.height;
    this.#pipes = pipes;
    this.#upToDate = upToDate;
  }

  get pages(): number {
    return stateOf(this.#pipes).pages;
  }

  get showsFallback(): boolean {
    return stateOf(this.#pipes).showsFallback;
  }

  get lamps(): { brightness: number; dark: boolean } {
    const { brightness, isDark } = stateOf(this.#pipes);
    return { brightness, dark: isDark };
  }

  readonly marquee = {
    runningCrc: (): number => stateOf(this.#pipes).marquee,
    offset: (): number => {
      this.#upToDate();
      return stateOf(this.#pipes).offset;
    },
  };

  /** Tells of a page that was shown. */
  tell(page: Uint8Array): void {
    this.#told = page;
    this.onShown();
    this.#told = undefined;
  }

  shownCrc(): number {
    return this.#told === undefined ? stateOf(this.#pipes).shown : crc32(this.#told);
  }

  drawnCrc(): number {
    return stateOf(this.#pipes).drawn;
  }

  pixels(): Uint8Array {
    return this.#told?.slice() ?? answerOf(this.#pipes, 's');
  }

  lit(): Uint8Array {
    this.#upToDate();
    return answerOf(this.#pipes, 'l');
  }

  bitmap(): Picture {
    return { width: this.width, height: this.height, rgb: rgbOf(this.pixels()) };
  }

  seen(): Picture {
    return { width: this.width, height: this.height, rgb: rgbOf(this.lit()) };
  }
}

/** What the board keeps for when nobody speaks to it. */
export function silenceOf(pipes: CPipes): { pageCrc(): number; readonly afterSeconds: number } {
  return {
    pageCrc: () => stateOf(pipes).fallback,
    get afterSeconds() {
      return stateOf(pipes).afterSeconds;
    },
  };
}
