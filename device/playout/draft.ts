import type { Outcome, PlayId } from '../../firmware-protocol/content/report.ts';
import { type Arbiter, type Item, isStaged, type Now, type Phase, type Step } from './arbiter-state.ts';
import type { Cut, Play } from './play.ts';
import { playLengthMs } from './play-length.ts';
import { PLAYOUT_TIMES } from './playout-times.ts';

/** One decision being made: a copy of the state, and the steps so far. Lives for one call of `decide`. */
export class Draft {
  items: Item[];
  steps: Step[] = [];
  closing: boolean;
  readonly leadMs: number;
  #accepted: number;
  readonly #before: Arbiter;

  constructor(before: Arbiter) {
    this.#before = before;
    this.items = [...before.items];
    this.closing = before.closing;
    this.leadMs = before.leadMs;
    this.#accepted = before.accepted;
  }

  state(): Arbiter {
    return { ...this.#before, items: this.items, accepted: this.#accepted, closing: this.closing };
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
    this.items.push({ play, n: this.#accepted, phase, begun: undefined, failingSince: undefined });
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
    this.changePhase(item, { at: 'preparing', since: now.monotonic });
    this.steps.push({ do: 'prepare', play: item.play, from: item.begun?.mark });
  }

  unprepare(item: Item, now: Now): void {
    this.changePhase(item, { at: 'waiting', notBefore: now.monotonic });
    this.steps.push({ do: 'discard', play: item.play.id });
  }

  perform(item: Item, now: Now): void {
    const dueInMs = Math.max(0, (item.play.startAt ?? now.wall) - now.wall);
    const lengthMs = playLengthMs(item.play, this.#before.output) + PLAYOUT_TIMES.recordWaitMs.others;
    const until = now.monotonic + dueInMs + lengthMs + PLAYOUT_TIMES.overrunMs;
    this.changePhase(item, { at: 'on-air', until });
    this.steps.push({ do: 'perform', play: item.play, resumed: item.begun !== undefined });
  }

  /** A second cut only changes the reason: the deadline of the first stays. */
  cut(item: Item, why: Cut, by: PlayId | undefined, now: Now): void {
    const until = item.phase.at === 'cutting' ? item.phase.until : now.monotonic + PLAYOUT_TIMES.cutGraceMs;
    if (item.phase.at !== 'cutting') this.steps.push({ do: 'cut', play: item.play.id, why });
    this.changePhase(item, { at: 'cutting', why, by, until });
  }

  pause(item: Item, by: PlayId | undefined, now: Now): void {
    this.changePhase(item, { at: 'waiting', notBefore: now.monotonic });
    this.steps.push({ do: 'pause', play: item.play, by });
  }
}
