import { type Arbiter, type Item, isOnAir, isStaged, type Now } from './arbiter-state.ts';
import type { Draft } from './draft.ts';
import { wasHeardOrSeen } from './evidence.ts';
import { PLAYOUT_LIMITS, PLAYOUT_TIMES } from './playout-times.ts';
import { rankOn, takesOver } from './rank.ts';

/** What follows from the state and the time, whatever came in: who is too late, who gets ready, whose turn it is. */
export function settle(draft: Draft, now: Now): void {
  endWhatIsTooLate(draft, now);
  makeReady(draft, now);
  takeTurn(draft, now);
}

function endWhatIsTooLate(draft: Draft, now: Now): void {
  for (const item of draft.items) {
    if (isOnAir(item)) continue;
    if (item.begun !== undefined && wasHeardOrSeen(item)) {
      if (now.monotonic > item.begun.resumeBy)
        draft.end(item, 'interrupted', item.turn === undefined ? 'pre-empted' : 'expired');
    } else if (now.wall > item.play.latestStart) {
      // That others were on air is not said where the card was not there: somebody would wait instead of plugging it in.
      const failed = 'failed' in item.phase ? item.phase.failed : undefined;
      if (failed === undefined) draft.end(item, 'expired', 'late', LATE_WHILE[item.phase.at]);
      else draft.end(item, 'rejected', failed.reason, failed.detail);
    }
  }
}

const LATE_WHILE: Record<string, string> = {
  waiting: 'others were on air',
  preparing: 'it could not be made ready in time',
  ready: 'others were on air',
};

function makeReady(draft: Draft, now: Now): void {
  const wanted = toBeReady(draft, now);
  for (const item of draft.items) {
    if (isStaged(item) && !wanted.includes(item)) draft.unprepare(item, now);
    else if (item.phase.at === 'waiting' && wanted.includes(item)) draft.prepare(item, now);
  }
}

/** The highest few, plus those that got stuck over it: one slow download must not keep others silent. */
function toBeReady(draft: Draft, now: Now): Item[] {
  const near = draft.items.filter((item) => !isOnAir(item) && isNear(item, now));
  const stuck = near.filter((item) => isStuck(item, now));
  const ranked = near.filter((item) => !stuck.includes(item)).sort(rankOn(draft.output));
  return [...stuck, ...ranked.slice(0, PLAYOUT_LIMITS.preparing)];
}

function isNear(item: Item, now: Now): boolean {
  const { phase, play } = item;
  if (phase.at === 'waiting' && now.monotonic < phase.notBefore) return false;
  return (
    wasHeardOrSeen(item) ||
    play.startAt === undefined ||
    now.wall >= play.startAt - PLAYOUT_TIMES.prepareAheadMs
  );
}

function isStuck({ phase }: Item, now: Now): boolean {
  return phase.at === 'preparing' && now.monotonic - phase.since >= PLAYOUT_TIMES.slowPrepareMs;
}

function takeTurn(draft: Draft, now: Now): void {
  const next = draft.items
    .filter((item) => item.phase.at === 'ready' && isDue(draft, item, now))
    .sort(rankOn(draft.output))[0];
  if (next === undefined) return;
  const onAir = draft.items.find(isOnAir);
  if (onAir === undefined) {
    if (!isAboutToBeCut(draft, next, now)) draft.perform(next, now);
  } else if (onAir.phase.at === 'on-air' && takesOver(draft.output, next, onAir)) {
    draft.cut(onAir, 'pre-empted', next.play.id, now);
  }
}

/** Early enough to write `started` and to let the amplifier settle before the instant. */
function isDue({ leadMs }: { leadMs: number }, item: Item, now: Now): boolean {
  const { startAt } = item.play;
  return wasHeardOrSeen(item) || startAt === undefined || now.wall >= beginAt(startAt, leadMs);
}

function beginAt(startAt: number, leadMs: number): number {
  return startAt - leadMs - PLAYOUT_TIMES.recordAheadMs;
}

/** A higher play is nearly ready: beginning now would be a blip before it. */
function isAboutToBeCut(draft: Draft, next: Item, now: Now): boolean {
  return draft.items.some(
    (item) =>
      item.play.band > next.play.band &&
      item.phase.at === 'preparing' &&
      isDue(draft, item, now) &&
      now.monotonic - item.phase.since < PLAYOUT_TIMES.holdForHigherMs,
  );
}

/** After which time something changes by itself, ms. Only what lies ahead counts: what is past was just dealt with. */
export function wakeInMs(state: Arbiter, now: Now): number | undefined {
  const onMonotonic = state.items.flatMap(monotonicInstants).map((instant) => instant - now.monotonic);
  const onWall = state.closing
    ? []
    : state.items.flatMap((item) => wallInstants(item, state.leadMs)).map((instant) => instant - now.wall);
  const wallAhead = onWall.filter((ms) => ms > 0);
  // The wall clock may step before the instant comes.
  const followed = wallAhead.length > 0 ? [...wallAhead, PLAYOUT_TIMES.followWallMs] : [];
  const ahead = [...onMonotonic.filter((ms) => ms > 0), ...followed];
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}

function monotonicInstants({ phase, begun }: Item): number[] {
  // Late is later than the last moment, by a millisecond at least; so it is below.
  const resumeBy = begun === undefined ? [] : [begun.resumeBy + 1];
  switch (phase.at) {
    case 'on-air':
    case 'cutting':
      return [phase.until];
    case 'preparing':
      return [
        phase.since + PLAYOUT_TIMES.holdForHigherMs,
        phase.since + PLAYOUT_TIMES.slowPrepareMs,
        ...resumeBy,
      ];
    case 'waiting':
      return [phase.notBefore, ...resumeBy];
    case 'ready':
      return resumeBy;
  }
}

function wallInstants(item: Item, leadMs: number): number[] {
  if (isOnAir(item) || wasHeardOrSeen(item)) return [];
  const { startAt, latestStart } = item.play;
  const ahead =
    startAt === undefined ? [] : [startAt - PLAYOUT_TIMES.prepareAheadMs, beginAt(startAt, leadMs)];
  return [...ahead, latestStart + 1];
}
