import type { TimeSource } from '../../device/ports.ts';
import { WITNESS_TIMES } from '../../device/time/time-witnesses.ts';
import type { Life } from './life.ts';
import type { VirtualClock } from './virtual-clock.ts';

const SOURCE_TIMES = {
  /** A board resets when its port is opened. */
  hello_ms: 3_000,
  board_error_ms: 100,
  ntp_error_ms: 500,
} as const;
/** What the clock of a board says after its battery was empty. */
const EMPTY = Date.parse('2000-01-01T00:00:00Z');
/** Of the quartz of this board; what the agent grants one is `carry_ppm`. */
const QUARTZ_PPM = 20;

/** The clocks beside the agent: that of a board, which lives on its battery, and the system's with its time service. */
export class VirtualTimes {
  readonly #time: VirtualClock;
  /** Whether the time service says that the system clock is right. It may be lying. */
  ntpSays: 'right' | 'nothing' = 'nothing';
  /** An empty battery forgets at the next loss of power. */
  isBatteryEmpty = false;
  #board: { wall: number; at: number } | undefined;
  /** In the life that is: somebody told it a time that was not so. */
  #liedTo: Life | undefined;

  constructor(time: VirtualClock) {
    this.#time = time;
  }

  wasLiedTo(life: Life | undefined): boolean {
    return life !== undefined && this.#liedTo === life;
  }

  /** The clock of the board goes wrong at once, and goes on from there until it is set. */
  jumpBoard(ms: number): void {
    if (this.#board !== undefined) this.#board.wall += ms;
  }

  mainsGone(): void {
    if (this.isBatteryEmpty) this.#board = { wall: EMPTY, at: this.#time.monotonic() };
  }

  mend(): void {
    this.ntpSays = 'nothing';
    this.isBatteryEmpty = false;
  }

  /** As one life of the agent has them. */
  sources(life: Life): TimeSource[] {
    const { clock } = life;
    return [
      {
        name: 'ntp',
        ask: async () => {
          await life.only(undefined);
          if (this.ntpSays === 'nothing') return undefined;
          const wall = clock.wall();
          this.#noteLie(life, wall, SOURCE_TIMES.ntp_error_ms);
          return { wall, monotonic: clock.monotonic(), error_ms: SOURCE_TIMES.ntp_error_ms };
        },
      },
      {
        name: 'board',
        ask: async () => {
          await life.only(undefined);
          const board = this.#board;
          if (board === undefined || clock.monotonic() < SOURCE_TIMES.hello_ms) return undefined;
          const ran = this.#time.monotonic() - board.at;
          const wall = board.wall + ran * (1 + QUARTZ_PPM / 1_000_000);
          const granted_ms = SOURCE_TIMES.board_error_ms + (ran * WITNESS_TIMES.carry_ppm) / 1_000_000;
          this.#noteLie(life, wall, granted_ms);
          return { wall, monotonic: clock.monotonic(), error_ms: SOURCE_TIMES.board_error_ms };
        },
        keep: async (wall) => {
          await life.only(undefined);
          this.#board = { wall: wall(), at: this.#time.monotonic() };
        },
      },
    ];
  }

  #noteLie(life: Life, said: number, error_ms: number): void {
    if (Math.abs(said - this.#time.wall()) > error_ms) this.#liedTo = life;
  }
}
