import { BANDS, type Output } from '../../firmware-protocol/content/band.ts';
import type { Outcome, PlayId } from '../../firmware-protocol/content/report.ts';
import { RESUME_WITHIN_MS } from '../../firmware-protocol/content/resolver-stage.ts';
import {
  type Arbiter,
  type Begun,
  type Input,
  type Item,
  isOnAir,
  type Now,
  type Step,
} from './arbiter-state.ts';
import { Draft } from './draft.ts';
import { addEvidence, wasHeardOrSeen, wasPerformed } from './evidence.ts';
import type { Performed } from './play.ts';
import { PASSING_ERRORS, PLAYOUT_LIMITS, PLAYOUT_TIMES } from './playout-times.ts';
import { isStanding, rankOn } from './rank.ts';
import { settle, wakeInMs } from './turns.ts';

export interface Decision {
  state: Arbiter;
  steps: Step[];
  /** After which time `timeout` is due, ms; undefined: nothing waits for time. */
  wakeInMs: number | undefined;
}

/**
 * The one transition function of an output. Pure: what came in, at which moment -> what is so now, and what to do.
 * Kept at every step: at most one play is on air; every play accepted ends in exactly one `end` step.
 */
export function decide(before: Arbiter, input: Input, now: Now): Decision {
  const draft = new Draft(before);
  take(draft, input, now);
  if (!draft.closing) settle(draft, now);
  const state = draft.state();
  return { state, steps: draft.steps, wakeInMs: wakeInMs(state, now) };
}

function take(draft: Draft, input: Input, now: Now): void {
  switch (input.type) {
    case 'submit':
      accept(draft, input, now);
      break;
    case 'stop':
      stop(draft, input, now);
      break;
    case 'prepared':
      prepared(draft, input);
      break;
    case 'unprepared':
      retryOrReject(draft, input, now);
      break;
    case 'began':
      began(draft, input);
      break;
    case 'performed':
      conclude(draft, input, now);
      break;
    case 'timeout':
      cutWhatOverran(draft, now);
      break;
    case 'close':
      close(draft, now);
      break;
  }
}

function accept(draft: Draft, { play }: Extract<Input, { type: 'submit' }>, now: Now): void {
  if (draft.closing || draft.find(play.id) !== undefined) return;
  draft.add(play, now);
  if (draft.items.length <= PLAYOUT_LIMITS.plays) return;
  const lowest = draft.items
    .filter((item) => !isOnAir(item))
    .sort(rankOn(draft.output))
    .at(-1);
  if (lowest !== undefined)
    draft.end(lowest, wasHeardOrSeen(lowest) ? 'interrupted' : 'rejected', 'queue-full');
}

function stop(draft: Draft, input: Extract<Input, { type: 'stop' }>, now: Now): void {
  for (const item of draft.items.filter((item) => isStoppedBy(input.which, item))) {
    if (isOnAir(item)) draft.cut(item, 'stopped', input.by, now);
    else draft.end(item, 'cancelled', 'stopped', `by ${input.by}`);
  }
}

/** Everything means everything below life-safety: an alert ends by all-clear or by its expiry (DESIGN 5). */
export function isStoppedBy(which: PlayId | 'everything', { play }: Pick<Item, 'play'>): boolean {
  return which === 'everything' ? play.band < BANDS.alert : play.id === which;
}

function prepared(draft: Draft, { play, lengthMs }: Extract<Input, { type: 'prepared' }>): void {
  const item = draft.preparing(play);
  if (item !== undefined) draft.replace({ ...item, lengthMs, phase: { at: 'ready' } });
}

function retryOrReject(draft: Draft, input: Extract<Input, { type: 'unprepared' }>, now: Now): void {
  const item = draft.preparing(input.play);
  if (item === undefined) return;
  if (!mayPass(item, input.reason, now)) {
    draft.end(item, wasHeardOrSeen(item) ? 'interrupted' : 'rejected', input.reason, input.detail);
    return;
  }
  const failingSince = item.failingSince ?? now.monotonic;
  const notBefore = now.monotonic + PLAYOUT_TIMES.retryMs;
  const failed = { reason: input.reason, detail: input.detail };
  draft.replace({ ...item, failingSince, phase: { at: 'waiting', notBefore, failed } });
}

/** A device error that may be over in a moment, and has not lasted too long yet. */
function mayPass({ failingSince }: Item, reason: string, now: Now): boolean {
  const forMs = now.monotonic - (failingSince ?? now.monotonic);
  return PASSING_ERRORS.has(reason) && forMs < PLAYOUT_TIMES.retryForMs;
}

function began(draft: Draft, { play, startedAt }: Extract<Input, { type: 'began' }>): void {
  const item = draft.find(play);
  if (item === undefined || !isOnAir(item) || item.begun !== undefined) return;
  draft.replace({ ...item, begun: { startedAt, mark: { done: 0 }, evidence: {}, resumeBy: 0 } });
}

/** A performance is over: by itself, by a cut, or by failing. */
function conclude(draft: Draft, input: Extract<Input, { type: 'performed' }>, now: Now): void {
  const before = draft.find(input.play);
  if (before === undefined || !isOnAir(before)) return;
  const item = withStretch(draft.output, before, input.performed, now);
  draft.replace(item);
  const verdict = verdictOn(item, input.performed);
  if (input.performed.end === 'turn' && item.phase.at === 'on-air') draft.takeTurns(item, now);
  else if (!draft.closing && isWorthAnotherTry(item, input.performed, now)) tryAgain(draft, item, now);
  else if (verdict.outcome === 'paused') draft.pause(item, verdict.by, now.monotonic);
  else draft.end(item, verdict.outcome, verdict.reason, verdict.detail);
}

/** Nothing of it was heard or seen, and nobody wanted it to end: a busy card must not cost a village its alert (F35). */
function isWorthAnotherTry(item: Item, { end, reason = '' }: Performed, now: Now): boolean {
  const wasLeftAlone =
    item.phase.at === 'on-air' || (item.phase.at === 'cutting' && item.phase.why === 'pre-empted');
  return end === 'failed' && wasLeftAlone && !wasHeardOrSeen(item) && mayPass(item, reason, now);
}

function tryAgain(draft: Draft, item: Item, now: Now): void {
  draft.pause(
    { ...item, failingSince: item.failingSince ?? now.monotonic },
    undefined,
    now.monotonic + PLAYOUT_TIMES.retryMs,
  );
}

type Verdict =
  | { outcome: 'paused'; by: PlayId | undefined }
  | { outcome: Outcome; reason?: string; detail?: string | undefined };

const UNRECORDED = 'its start could not be recorded in time';

/** What was asked for and what came of it, told truthfully: who finished before the cut took hold has finished. */
function verdictOn(item: Item, performed: Performed): Verdict {
  const { phase, play } = item;
  const { why, by } = phase.at === 'cutting' ? phase : { why: undefined, by: undefined };
  const detail = by === undefined ? undefined : `by ${by}`;
  if (performed.end === 'finished') return { outcome: 'finished' };
  if (why === 'stopped') return { outcome: 'cancelled', reason: 'stopped', detail };
  if (performed.end === 'late') return { outcome: 'expired', reason: 'late', detail: UNRECORDED };
  if (performed.end === 'failed') {
    const outcome = wasHeardOrSeen(item) ? 'interrupted' : 'rejected';
    return { outcome, reason: performed.reason ?? 'failed', detail: performed.detail };
  }
  if (why === 'pre-empted' && play.whenCut === 'resume') return { outcome: 'paused', by };
  return { outcome: 'interrupted', reason: why ?? 'cut', detail };
}

function withStretch(output: Output, item: Item, performed: Performed, now: Now): Item & { begun: Begun } {
  const startedAt = startedAtOf(item, performed, now);
  const evidence = addEvidence(item.begun?.evidence ?? {}, performed);
  const { endsBy = now.wall } = item.play;
  const mayReturnForMs = isStanding(output, item) ? endsBy - now.wall : RESUME_WITHIN_MS;
  const resumeBy = now.monotonic + mayReturnForMs;
  const failingSince = wasPerformed(performed) ? undefined : item.failingSince;
  return { ...item, failingSince, begun: { startedAt, mark: performed.mark, evidence, resumeBy } };
}

/** When it was first heard or seen, where the performer knows; the amplifier takes its time after it was called. */
function startedAtOf({ begun }: Item, { firstAt }: Performed, now: Now): number | undefined {
  if (firstAt === undefined || wasPerformed(begun?.evidence ?? {})) return begun?.startedAt;
  return now.wall - Math.round(now.monotonic - firstAt);
}

function cutWhatOverran(draft: Draft, now: Now): void {
  for (const item of draft.items) {
    if (!('until' in item.phase) || now.monotonic < item.phase.until) continue;
    if (item.phase.at === 'on-air') draft.cut(item, 'overrun', undefined, now);
    else abandon(draft, item, now);
  }
}

/** Nothing may hang for ever on a performer: its sound is dead by the deadlines of its drivers (I7). */
function abandon(draft: Draft, item: Item, now: Now): void {
  draft.steps.push({ do: 'abandon', play: item.play.id });
  const mark = item.begun?.mark ?? { done: 0 };
  const performed = { end: 'failed', reason: 'performer-hung', mark } as const;
  conclude(draft, { type: 'performed', play: item.play.id, performed }, now);
}

/** Shutdown: what began is over; what did not keeps its durable claim and goes on after the restart. */
function close(draft: Draft, now: Now): void {
  draft.closing = true;
  for (const item of draft.items) {
    if (isOnAir(item)) draft.cut(item, 'closed', undefined, now);
    else if (item.begun) draft.end(item, 'interrupted', 'closed');
    else draft.forget(item);
  }
}
