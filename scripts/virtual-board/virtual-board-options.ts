import { ONLY_BOARD, VERSION } from '../../firmware-protocol/serial/header.ts';
import type { DEPTHS } from '../../firmware-protocol/serial/lamps.ts';
import type { Rate } from '../../firmware-protocol/serial/line.ts';
import type { Encoding } from '../../firmware-protocol/serial/region.ts';
import type { Fitted } from '../../firmware-protocol/serial/system.ts';
import { type BoardTime, REAL_TIME } from './board-time.ts';
import type { UpdateOptions } from './board-update.ts';

export interface VirtualBoardOptions {
  width: number;
  height: number;
  /** 16 hex digits. */
  id?: string;
  /** 1 to 254 = on a shared line: it speaks only when polled. */
  address?: number;
  fitted?: Fitted[];
  encodings?: Encoding[];
  maxBody?: number;
  window?: number;
  holds?: number;
  /** Another major than ours, to be refused. */
  major?: number;
  /** 0 = a board of version 1.0: shorter bodies, and it knows no later frame. */
  minor?: 0 | 1;
  depth?: keyof typeof DEPTHS;
  rates?: Rate[];
  slots?: number;
  stripPixels?: number;
  modules?: { columns: number; rows: number };
  /** Without it the board takes no new firmware. */
  update?: UpdateOptions;
  time?: BoardTime;
}

const FITTED: Fitted[] = [
  'display',
  'amplifier',
  'amplifier-sense',
  'clock',
  'brightness',
  'sensors',
  'module-sense',
  'marquee',
  'fallback',
  'amplifier-gain',
  'amplifier-measure',
  'probe',
  'patterns',
];
const FITTED_1_0: Fitted[] = ['display', 'amplifier', 'amplifier-sense'];
/** Eight signs side by side: a long sentence. */
const STRIP_SIGNS = 8;

export type BoardMake = Required<Omit<VirtualBoardOptions, 'update'>> & { update: UpdateOptions | undefined };

/** All that can be said of a board, where it was not said: a good one, with everything. */
export function makeOf(options: VirtualBoardOptions): BoardMake {
  const minor = options.minor ?? VERSION.minor;
  const isOld = minor === 0;
  const all: Fitted[] = options.update === undefined ? FITTED : [...FITTED, 'update'];
  return {
    id: '00000000c0ffee01',
    address: ONLY_BOARD,
    fitted: isOld ? FITTED_1_0 : all,
    encodings: isOld ? ['raw', 'run-length'] : ['raw', 'run-length', 'deflate'],
    maxBody: 2_064,
    window: 16,
    holds: 16,
    major: VERSION.major,
    depth: 'rgb565',
    rates: [],
    slots: isOld ? 0 : 8,
    stripPixels: isOld ? 0 : STRIP_SIGNS * options.width * options.height,
    modules: { columns: Math.max(1, options.width >> 5), rows: Math.max(1, options.height >> 4) },
    time: REAL_TIME,
    ...options,
    update: options.update,
    minor,
  };
}
