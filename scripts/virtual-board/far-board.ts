import type { BoardRelay } from './board-relay.ts';
import type { BoardSensors } from './board-sensors.ts';
import type { FarDevice } from './plug.ts';

export interface Picture {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** What can be seen of a sign from the street, and what its memory holds. */
export interface FarDisplay {
  readonly width: number;
  readonly height: number;
  /** Pages shown since the start. */
  readonly pages: number;
  readonly showsFallback: boolean;
  /** Fault: this byte of the memory behind the lamps cannot hold what is written. */
  faultyByte: number | undefined;
  /** Called when a page has been shown. */
  onShown: () => void;
  readonly lamps: { readonly brightness: number; readonly dark: boolean };
  readonly marquee: { runningCrc(): number; offset(): number };
  shownCrc(): number;
  drawnCrc(): number;
  /** The shown page as it travels: RGB565, high byte first. */
  pixels(): Uint8Array;
  /** The lamps as they are lit at this moment, RGB565. */
  lit(): Uint8Array;
  /** The shown page as RGB888. */
  bitmap(): Picture;
  /** What a passer-by sees, as RGB888. */
  seen(): Picture;
}

/** A whole board at the far end of a line, in C or in TypeScript: what tests and the demo look at. */
export interface FarBoard extends FarDevice {
  readonly display: FarDisplay;
  readonly relay: Pick<BoardRelay, 'contact' | 'timeline' | 'stuck'>;
  readonly sensors: BoardSensors;
  /** The page for when nobody speaks: its CRC, 0 = none, and after how long it is shown, 0 = never. */
  readonly silence: { pageCrc(): number; readonly afterSeconds: number };
  /** Hears everything and says nothing. */
  silent: boolean;
  /** Called with each frame, both ways, in the one-line form. */
  onFrame: ((line: string) => void) | undefined;
  /** The rate at which it listens and speaks. */
  readonly baud: number;
  /** Frames thrown away since the start. */
  discarded(): number;
  /** As after a loss of power. */
  restart(): void;
  /** Ends the program behind it, if it is one. */
  close(): void;
}
