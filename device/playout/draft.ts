import type { Output } from '../../firmware-protocol/content/band.ts';
import type { Outcome, PlayId } from '../../firmware-protocol/content/report.ts';
import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import { type Arbiter, type Item, isStaged, type Now, type Phase, type Step } from './arbiter-state.ts';
import { wasHeardOrSeen } from './evidence.ts';
import type { Cut, Play } from './play.ts';
import { PLAYOUT_TIMES } from './playout-times.ts';

/** One decision being made: a copy of the state, and the steps so far. Lives for one call of `decide`. */
export class Draft {
  items: Item[];
  steps: Step[] = [];
  closing: boolean;
  readonly output: Output;
  readonly leadMs: number;
  #accepted: number;
  #turns: number;
  readonly #before: Arbiter;

  constructor(before: Arbiter) {
    this.#before = before;
    this.items = [...before.items];
    this.closing = before.closing;
    this.output = before.output;
    this.leadMs = before.leadMs;
    this.#accepted = before.accepted;
    this.#turns = before.turns;
  }

  state(): Arbiter {
    return {
      ...this.#before,
      items: this.items,
      accepted: this.#accepted,
      turns: this.#turns,
      closing: this.closing,
    };
  }

  find(play: PlayId): Item | undefined {
    return this.items.find((item) => item.play.id === play);
  }

  /** The item if it is being made ready; an answer that comes late finds none. */
  preparing(play: PlayId): Item | undefined {
    const item = this.find(play);
    return item?.phase.at === 'preparing' ? item : undefined;
  }

  add(play: Play, now: Now): void {
    const phase: Phase = { at: 'waiting', notBefore: now.monotonic };
    const nothingYet = { begun: undefined, failingSince: undefined, turn: undefined, lengthMs: undefined };
    this.items.push({ play, n: this.#accepted, phase, ...nothingYet });
    this.#accepted += 1;
  }

  replace(item: Item): void {
    this.items = this.items.map((held) => (held.n === item.n ? item : held));
  }

  changePhase(item: Item | undefined, phase: Phase): void {
    if (item !== undefined) this.replace({ ...item, phase });
  }

  /** Lets go of an item without a word. */
  forget(item: Item): void {
    if (isStaged(item)) this.steps.push({ do: 'discard', play: item.play.id });
    this.items = this.items.filter((held) => held.n !== item.n);
  }

  end(item: Item, outcome: Outcome, reason?: string, detail?: string): void {
    this.forget(item);
    const { startedAt, evidence = {} } = item.begun ?? { startedAt: undefined };
    this.steps.push({ do: 'end', play: item.play, ending: { outcome, reason, detail, startedAt, evidence } });
  }

  prepare(item: Item, now: Now): void {
    const failed = item.phase.at === 'waiting' ? item.phase.failed : undefined;
    this.changePhase(item, { at: 'preparing', since: now.monotonic, failed });
    this.steps.push({ do: 'prepare', play: item.play, from: item.begun?.mark });
  }

  unprepare(item: Item, now: Now): void {
    this.changePhase(item, { at: 'waiting', notBefore: now.monotonic });
    this.steps.push({ do: 'discard', play: item.play.id });
  }

  perform(item: Item, now: Now): void {
    const { play } = item;
    const goesOn = wasHeardOrSeen(item);
    const onMonotonic = (wall: number) => now.monotonic + wall - now.wall;
    const at = goesOn || play.startAt === undefined ? undefined : onMonotonic(play.startAt);
    const latest = goesOn ? Number.POSITIVE_INFINITY : onMonotonic(play.latestStart);
    const lengthMs = item.lengthMs ?? durationMsOf(play.announcement, this.#before.output);
    const marginMs = PLAYOUT_TIMES.recordWaitMs.others + PLAYOUT_TIMES.overrunMs;
    const until = Math.max(now.monotonic, at ?? 0) + lengthMs + marginMs;
    this.changePhase(item, { at: 'on-air', until });
    const resumed = item.begun !== undefined;
    this.steps.push({ do: 'perform', play, resumed, quietly: item.turn !== undefined, at, latest });
  }

  /** A second cut only changes the reason: the deadline of the first stays. */
  cut(item: Item, why: Cut, by: PlayId | undefined, now: Now): void {
    const until = item.phase.at === 'cutting' ? item.phase.until : now.monotonic + PLAYOUT_TIMES.cutGraceMs;
    if (item.phase.at !== 'cutting') this.steps.push({ do: 'cut', play: item.play.id, why });
    this.changePhase(item, { at: 'cutting', why, by, until });
  }

  /** It goes on when its turn comes, not before the monotonic instant. */
  pause(item: Item, by: PlayId | undefined, notBefore: number): void {
    this.replace({ ...item, turn: undefined, phase: { at: 'waiting', notBefore } });
    this.steps.push({ do: 'pause', play: item.play, by });
  }

  /** It made way by itself and goes on when its turn comes: no record is made of that, some twenty seconds apart for hours. */
  takeTurns(item: Item, now: Now): void {
    this.#turns += 1;
    this.replace({ ...item, turn: this.#turns, phase: { at: 'waiting', notBefore: now.monotonic } });
  }
}
