import {
  amplifierAsk,
  amplifierGain,
  amplifierMeasure,
  amplifierMeasureAsk,
  amplifierPower,
  amplifierState,
} from './amplifier.ts';
import { clockAsk, clockSet, clockState } from './clock.ts';
import { commit, drawRegion, pageRecall, pageStore } from './display.ts';
import type { Header } from './header.ts';
import { blank, brightness, fallbackRule, fallbackStore, testPattern } from './lamps.ts';
import type { Codec } from './layout.ts';
import { lineRateOffer, lineRateState, probe, probed } from './line.ts';
import { marqueeRun, marqueeStop, stripBegin } from './marquee.ts';
import { measure, measureAsk, moduleFaults, moduleFaultsAsk, status, statusAsk } from './status.ts';
import { ack, error, type Fitted, hello, ping, pong, reset, welcome } from './system.ts';
import { updateActivate, updateAsk, updateBegin, updateBlock, updateState } from './update.ts';

/** First and last id of each group. */
export const GROUPS = {
  system: [0x01, 0x1f],
  display: [0x20, 0x3f],
  amplifier: [0x40, 0x5f],
  status: [0x60, 0x7f],
  update: [0x80, 0x9f],
} as const;
export type Group = keyof typeof GROUPS;

export interface FrameRow {
  id: number;
  group: Group;
  from: 'host' | 'board';
  /** Whether it takes its place in the window; the others may come at any time and be repeated. */
  sequenced: boolean;
  /** The frame that the board sends back beside the acknowledgement. */
  answer?: string;
  /** What a board must have to do it; without, it answers `not-fitted`. */
  needs?: Fitted;
  since: `${number}.${number}`;
  codec: Codec<unknown>;
  says: string;
}

const SEQUENCED = { sequenced: true } as const;
const SINCE_1_1 = { since: '1.1' } as const;
/** A frame of the window that came with 1.1, as most of them. */
const NEW = { ...SEQUENCED, ...SINCE_1_1 } as const;

/** The wire between host and board, one row per frame. Ids are never reused. */
export const FRAMES = {
  hello: row(0x01, 'host', hello, 'begins a session', { answer: 'welcome' }),
  welcome: row(0x02, 'board', welcome, 'what the board is and can'),
  ping: row(0x03, 'host', ping, 'are you there, and what have you', { answer: 'pong' }),
  pong: row(0x04, 'board', pong, 'here, in this session'),
  ack: row(0x05, 'board', ack, 'done up to here'),
  error: row(0x06, 'board', error, 'not done, and why'),
  reset: row(0x07, 'host', reset, 'clears the display or restarts the board', SEQUENCED),
  'clock-set': row(0x08, 'host', clockSet, 'tells the time', { ...NEW, needs: 'clock' }),
  'clock-ask': row(0x09, 'host', clockAsk, 'asks for the time', {
    ...NEW,
    needs: 'clock',
    answer: 'clock-state',
  }),
  'clock-state': row(0x0a, 'board', clockState, 'the time, and how it is known', SINCE_1_1),
  'line-rate-offer': row(0x0b, 'host', lineRateOffer, 'goes over to another rate', {
    ...NEW,
    answer: 'line-rate-state',
  }),
  'line-rate-state': row(0x0c, 'board', lineRateState, 'the rate from here on', SINCE_1_1),
  probe: row(0x0d, 'host', probe, 'measures the line', { ...SINCE_1_1, needs: 'probe', answer: 'probed' }),
  probed: row(0x0e, 'board', probed, 'what came, and bytes back', SINCE_1_1),
  'draw-region': row(0x20, 'host', drawRegion, 'pixels for the page not shown', {
    ...SEQUENCED,
    needs: 'display',
  }),
  commit: row(0x21, 'host', commit, 'shows the drawn page whole', { ...SEQUENCED, needs: 'display' }),
  'page-store': row(0x22, 'host', pageStore, 'keeps the drawn page in a slot', { ...NEW, needs: 'display' }),
  'page-recall': row(0x23, 'host', pageRecall, 'draws the page of a slot', { ...NEW, needs: 'display' }),
  'strip-begin': row(0x24, 'host', stripBegin, 'a dark strip of this size', { ...NEW, needs: 'marquee' }),
  'marquee-run': row(0x25, 'host', marqueeRun, 'lets the strip run from the next commit on', {
    ...NEW,
    needs: 'marquee',
  }),
  'marquee-stop': row(0x26, 'host', marqueeStop, 'shows the page under the marquee', {
    ...NEW,
    needs: 'marquee',
  }),
  brightness: row(0x27, 'host', brightness, 'dims the lamps', { ...NEW, needs: 'brightness' }),
  blank: row(0x28, 'host', blank, 'lamps dark or lit, the page stays', { ...NEW, needs: 'display' }),
  'test-pattern': row(0x29, 'host', testPattern, 'a test picture over the page', {
    ...NEW,
    needs: 'patterns',
  }),
  'fallback-store': row(0x2a, 'host', fallbackStore, 'keeps the drawn page for when the host is silent', {
    ...NEW,
    needs: 'fallback',
  }),
  'fallback-rule': row(0x2b, 'host', fallbackRule, 'how long a silence may last', {
    ...NEW,
    needs: 'fallback',
  }),
  'strip-draw': row(0x2d, 'host', drawRegion, 'pixels for the strip', { ...NEW, needs: 'marquee' }),
  'amplifier-power': row(0x40, 'host', amplifierPower, 'switches the amplifier', {
    ...SEQUENCED,
    needs: 'amplifier',
  }),
  'amplifier-ask': row(0x41, 'host', amplifierAsk, 'asks for the amplifier state', {
    ...SEQUENCED,
    needs: 'amplifier',
    answer: 'amplifier-state',
  }),
  'amplifier-state': row(0x42, 'board', amplifierState, 'commanded and sensed power'),
  'amplifier-gain': row(0x43, 'host', amplifierGain, 'sets the gain before the amplifier', {
    ...NEW,
    needs: 'amplifier-gain',
  }),
  'amplifier-measure-ask': row(0x45, 'host', amplifierMeasureAsk, 'asks for level, current, heat, faults', {
    ...NEW,
    needs: 'amplifier-measure',
    answer: 'amplifier-measure',
  }),
  'amplifier-measure': row(0x46, 'board', amplifierMeasure, 'level, current, heat, faults', SINCE_1_1),
  'status-ask': row(0x60, 'host', statusAsk, 'asks what is shown', { ...SEQUENCED, answer: 'status' }),
  status: row(0x61, 'board', status, 'CRC of the shown page, and counters'),
  'measure-ask': row(0x62, 'host', measureAsk, 'asks for heat, light, supply', {
    ...NEW,
    needs: 'sensors',
    answer: 'measure',
  }),
  measure: row(0x63, 'board', measure, 'heat, light, supply', SINCE_1_1),
  'module-faults-ask': row(0x64, 'host', moduleFaultsAsk, 'asks which modules are broken', {
    ...NEW,
    needs: 'module-sense',
    answer: 'module-faults',
  }),
  'module-faults': row(0x65, 'board', moduleFaults, 'a bit for each module', SINCE_1_1),
  'update-begin': row(0x80, 'host', updateBegin, 'begins or resumes new firmware', {
    ...NEW,
    needs: 'update',
  }),
  'update-block': row(0x81, 'host', updateBlock, 'bytes of it', { ...NEW, needs: 'update' }),
  'update-ask': row(0x82, 'host', updateAsk, 'asks how much is there', {
    ...NEW,
    needs: 'update',
    answer: 'update-state',
  }),
  'update-state': row(0x83, 'board', updateState, 'how much is there, and what runs', SINCE_1_1),
  'update-activate': row(0x84, 'host', updateActivate, 'starts the new firmware', {
    ...NEW,
    needs: 'update',
  }),
} as const satisfies Record<string, FrameRow>;

export type FrameName = keyof typeof FRAMES;
export type FrameBody<N extends FrameName> = (typeof FRAMES)[N]['codec'] extends Codec<infer T> ? T : never;
export type HostFrame = {
  [N in FrameName]: (typeof FRAMES)[N]['from'] extends 'host' ? N : never;
}[FrameName];
export type BoardFrame = Exclude<FrameName, HostFrame>;

/** Ids given away to what comes next; a board answers them with error `unknown-type`. */
export const RESERVED = { 'copy-region': 0x2c, 'amplifier-level': 0x44 } as const;

export type Message = { [N in FrameName]: { name: N; body: FrameBody<N> } }[FrameName];

const names = Object.keys(FRAMES) as FrameName[];
const nameById = new Map<number, FrameName>(names.map((name) => [FRAMES[name].id, name]));

export function frameName(type: number): FrameName | undefined {
  return nameById.get(type);
}

/** What a frame says, or which error it deserves. */
export function readMessage(type: number, body: Uint8Array): Message | 'unknown-type' | 'bad-body' {
  const name = nameById.get(type);
  if (name === undefined) return 'unknown-type';
  const read = FRAMES[name].codec.decode(body);
  // Name and codec are of one row, which the type checker cannot follow through a union.
  return read === undefined ? 'bad-body' : ({ name, body: read } as Message);
}

/** One line for people: `> draw-region #4 x=0 y=8 ...`, `< ack #4 ack=5`. */
export function frameLine({ header, body }: { header: Header; body: Uint8Array }): string {
  const side = header.fromBoard ? '<' : '>';
  const place = header.sequenced ? ` #${header.sequence}` : '';
  const done = header.fromBoard ? ` ack=${header.ack}` : '';
  const name = nameById.get(header.type);
  if (name === undefined) return `${side} type ${header.type}${place}${done} ${body.length}B`;
  const codec: Codec<unknown> = FRAMES[name].codec;
  const read = codec.decode(body);
  const said = read === undefined ? `unreadable ${body.length}B` : codec.log(read);
  return `${side} ${name}${place}${done} ${said}`.trimEnd();
}

function row<Id extends number, From extends 'host' | 'board', T>(
  id: Id,
  from: From,
  codec: Codec<T>,
  says: string,
  how: { sequenced?: true; answer?: string; needs?: Fitted; since?: `${number}.${number}` } = {},
) {
  const group = (Object.keys(GROUPS) as Group[]).find((g) => GROUPS[g][0] <= id && id <= GROUPS[g][1]);
  if (group === undefined) throw new RangeError(`id ${id} is of no group`);
  return { id, group, from, sequenced: false, since: '1.0' as const, codec, says, ...how };
}
