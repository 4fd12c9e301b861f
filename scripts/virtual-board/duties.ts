import type { FrameBody, HostFrame, Message } from '../../firmware-protocol/serial/catalogue.ts';
import type { ErrorName } from '../../firmware-protocol/serial/system.ts';
import type { BoardClock } from './board-clock.ts';
import type { BoardDisplay } from './board-display.ts';
import type { Answer } from './board-mouth.ts';
import type { BoardRate } from './board-rate.ts';
import type { BoardRelay } from './board-relay.ts';
import type { BoardSensors } from './board-sensors.ts';
import type { BoardSilence } from './board-silence.ts';
import type { BoardUpdate } from './board-update.ts';
import type { BoardMake } from './virtual-board-options.ts';

/** The parts of a board that frames act on. */
export interface Parts {
  readonly make: BoardMake;
  readonly display: BoardDisplay;
  readonly relay: BoardRelay;
  readonly sensors: BoardSensors;
  readonly silence: BoardSilence;
  readonly clock: BoardClock;
  readonly rate: BoardRate;
  readonly update: BoardUpdate | undefined;
  readonly session: number;
  beginSession(session: number): void;
  status(): FrameBody<'status'>;
  afterwards(call: () => void): void;
  startAnew(): void;
}

/** What is done: an answer, a refusal, or nothing more than an acknowledgement. */
type Done = Answer | ErrorName | undefined;
export type Duties = { [N in HostFrame]: (body: FrameBody<N>) => Done };

export function carryOut(all: Duties, { name, body }: Message): Done {
  if (!(name in all)) return 'unknown-type';
  // Name, body and duty are of one row, which the type checker cannot follow through a union.
  const duty = all[name as HostFrame] as (body: unknown) => Done;
  return duty(body);
}

/** One duty per frame of the host (SPEC 10). */
export function duties(board: Parts): Duties {
  const { display, relay, sensors, silence, clock, rate, make } = board;
  return {
    hello: ({ session }) => {
      if (session === 0) return 'bad-body';
      board.beginSession(session);
      return { name: 'welcome', body: welcome(make, session) };
    },
    ping: ({ token }) => ({ name: 'pong', body: { token, session: board.session } }),
    probe: ({ token, back, filler }) => probed(make.maxBody, token, back, filler.length),
    reset: ({ what }) => {
      if (what === 'board') board.afterwards(() => board.startAnew());
      else display.clear();
      return undefined;
    },
    'clock-set': (body) => clock.set(body),
    'clock-ask': () => ({ name: 'clock-state', body: clock.state() }),
    'line-rate-offer': ({ rate: wanted }) => {
      const why = rate.refuses(wanted);
      if (why !== undefined) return why;
      board.afterwards(() => rate.goOver(wanted));
      return { name: 'line-rate-state', body: { rate: wanted } };
    },
    'draw-region': (region) => display.draw(region, make.encodings),
    commit: ({ crc }) => display.commit(crc),
    'page-store': ({ slot, crc }) => display.store(slot, crc),
    'page-recall': ({ slot, crc }) => display.recall(slot, crc),
    'strip-begin': ({ width, height }) => display.marquee.begin(width, height),
    'strip-draw': (region) => display.marquee.draw(region, make.encodings),
    'marquee-run': (run) => display.marquee.arm(run),
    'marquee-stop': () => void display.marquee.stop(),
    brightness: ({ level }) => void Object.assign(display.lamps, { brightness: level }),
    blank: ({ lamps }) => void Object.assign(display.lamps, { dark: lamps === 'dark' }),
    'test-pattern': ({ pattern, at }) => void display.lamps.showPattern(pattern, at),
    'fallback-store': ({ crc }) => {
      if (display.drawnCrc() !== crc) return 'page-differs';
      silence.keep(display.drawn());
      return undefined;
    },
    'fallback-rule': ({ afterSeconds }) => void silence.rule(afterSeconds),
    'amplifier-power': ({ power, limitSeconds }) => {
      if (limitSeconds === 0) return 'bad-body';
      relay.switch(power, limitSeconds);
      return undefined;
    },
    'amplifier-ask': () => ({ name: 'amplifier-state', body: amplifierState(make, relay) }),
    'amplifier-gain': ({ gain }) => void Object.assign(sensors, { gain }),
    'amplifier-measure-ask': () => ({
      name: 'amplifier-measure',
      body: sensors.amplifierMeasure(relay.contact()),
    }),
    'status-ask': () => ({ name: 'status', body: board.status() }),
    'measure-ask': () => ({ name: 'measure', body: sensors.measure() }),
    'module-faults-ask': () => ({ name: 'module-faults', body: sensors.moduleFaults() }),
    'update-begin': (body) => board.update?.begin(body),
    'update-block': (body) => board.update?.block(body),
    'update-ask': () => board.update && { name: 'update-state', body: board.update.state() },
    'update-activate': ({ digest }) => {
      const why = board.update?.activate(digest, relay.state().commanded === 'on');
      if (why === undefined) board.afterwards(() => board.startAnew());
      return why;
    },
  };
}

function welcome(make: BoardMake, session: number): FrameBody<'welcome'> {
  const {
    minor,
    fitted,
    encodings,
    width,
    height,
    maxBody,
    window,
    holds,
    depth,
    rates,
    slots,
    stripPixels,
  } = make;
  const shape = { width, height, maxBody, window, holds, depth, rates, slots, stripPixels };
  return { minor, session, board: make.id, fitted, encodings, ...shape, firmware: 'virtual board' };
}

const PROBED_HEAD_BYTES = 6;

function probed(maxBody: number, token: number, back: number, heard: number): Answer | ErrorName {
  if (PROBED_HEAD_BYTES + back > maxBody) return 'bad-body';
  const filler = Uint8Array.from({ length: back }, (_unused, i) => (token + i) & 0xff);
  return { name: 'probed', body: { token, heard, filler } };
}

function amplifierState({ fitted }: BoardMake, relay: BoardRelay): FrameBody<'amplifier-state'> {
  const state = relay.state();
  return fitted.includes('amplifier-sense') ? state : { ...state, sensed: 'unknown' };
}
