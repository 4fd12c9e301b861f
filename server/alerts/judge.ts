import type { CapAlert, CapInfo } from './cap-schema.ts';
import { capTimeOf } from './cap-time.ts';
import type { ReadAlert } from './read-alerts.ts';
import { REASONS, type Reason, type ReasonCode } from './reasons.ts';
import { hasOtherDigest } from './resource-digest.ts';

/**
 * What an alert is good for, by its content alone. `actuate`: may sound where its sender is trusted. `cancel`: ends others.
 * `record`: is kept and never sounds. `refuse`: is no CAP 1.2, or forbidden. Trust is another question.
 */
export type Verdict = 'actuate' | 'cancel' | 'record' | 'refuse';

export interface Judgement {
  verdict: Verdict;
  reasons: Reason[];
  /** The infos that are live or will be, and until when; of an `actuate` only. */
  live: { info: CapInfo; from: number; until: number }[];
}

/** Milliseconds. */
export const ALERT_TIMES = {
  /** An alert that does not say when it ends (CAP 3.2.2 leaves that to whoever receives it). */
  assumedLifeMs: 3_600_000,
  /** Nothing is repeated for longer without a word from its sender; an order to a hall lives no longer either. */
  longestLifeMs: 24 * 3_600_000,
  /** Clocks of agencies are a few minutes off; more is a replay from a machine with a wrong date. */
  mostAheadMs: 10 * 60_000,
} as const;

/** Judges as of `at`, milliseconds since 1970. */
export function judge({ alert, reasons }: Pick<ReadAlert, 'alert' | 'reasons'>, at: number): Judgement {
  if (alert === undefined) return { verdict: 'refuse', reasons, live: [] };
  const found = [...reasons, ...bars(alert, at)];
  const windows = alert.info.map((info, index) => windowOf(info, index, alert.sent.ms));
  const timely = windows.filter(({ until }) => at < until);
  if (alert.msgType === 'Cancel') found.push(...endOfCancel(alert, windows, at));
  else if (alert.info.length === 0) found.push({ code: 'no-info', place: 'alert' });
  else if (timely.length === 0) found.push(...windows.flatMap(endOf));
  if (found.some(({ code }) => effectOf(code) === 'record'))
    return { verdict: 'record', reasons: unique(found), live: [] };
  if (alert.msgType === 'Cancel') return { verdict: 'cancel', reasons: unique(found), live: [] };
  found.push(...timely.flatMap((window) => notesOn(window, at)));
  if (timely.every(({ info }) => !hasPlace(info))) found.push({ code: 'no-place', place: 'alert.info' });
  const live = timely.map(({ info, from, until }) => ({ info, from, until }));
  return { verdict: 'actuate', reasons: unique(found), live };
}

function effectOf(code: ReasonCode): 'refuse' | 'record' | 'note' {
  return REASONS[code].effect;
}

const STATUS_BARS: Partial<Record<CapAlert['status'], ReasonCode>> = {
  Exercise: 'status-exercise',
  System: 'status-system',
  Test: 'status-test',
  Draft: 'status-draft',
};
const TYPE_BARS: Partial<Record<CapAlert['msgType'], ReasonCode>> = { Ack: 'ack', Error: 'error' };

/** What keeps an alert from ever sounding, whatever its infos say. */
function bars(alert: CapAlert, at: number): Reason[] {
  const status = STATUS_BARS[alert.status];
  const type = TYPE_BARS[alert.msgType];
  const found: Reason[] = [];
  if (status !== undefined) found.push({ code: status, place: 'alert.status' });
  if (type !== undefined) found.push({ code: type, place: 'alert.msgType' });
  const to = (text: string | undefined) => ({ to: (text ?? '').trim().slice(0, 120) });
  if (alert.scope === 'Restricted')
    found.push({ code: 'scope-restricted', place: 'alert.scope', says: to(alert.restriction) });
  if (alert.scope === 'Private')
    found.push({ code: 'scope-private', place: 'alert.scope', says: to(alert.addresses) });
  if (alert.sent.ms > at + ALERT_TIMES.mostAheadMs)
    found.push({ code: 'sent-in-future', place: 'alert.sent', says: { sent: alert.sent.text } });
  return found;
}

interface Window {
  info: CapInfo;
  /** `alert.info[1]` */
  place: string;
  sentMs: number;
  /** When it takes effect; the time of sending where it does not say. */
  from: number;
  /** When it ends for us, epoch ms; before `from` where it was never live. */
  until: number;
  isCut: boolean;
}

function windowOf(info: CapInfo, index: number, sentMs: number): Window {
  const from = info.effective?.ms ?? sentMs;
  const said = info.expires?.ms ?? Math.max(from, sentMs) + ALERT_TIMES.assumedLifeMs;
  const longest = Math.max(from, sentMs) + ALERT_TIMES.longestLifeMs;
  const isBackwards = from > said;
  const until = isBackwards ? Number.NEGATIVE_INFINITY : Math.min(said, longest);
  return { info, place: `alert.info[${index}]`, sentMs, from, until, isCut: said > longest };
}

/**
 * A Cancel lives as long as anything that it could name. Times in its infos are often copied from what it cancels: those
 * that were over when it was sent say nothing of it.
 */
function endOfCancel({ sent }: CapAlert, windows: Window[], at: number): Reason[] {
  const telling = windows.filter(({ until }) => until > sent.ms);
  if (telling.length > 0) return telling.some(({ until }) => at < until) ? [] : telling.flatMap(endOf);
  const until = sent.ms + ALERT_TIMES.longestLifeMs;
  return at < until ? [] : [{ code: 'expired', place: 'alert.sent', says: { expires: capTimeOf(until) } }];
}

/** Why a window holds nothing now. */
function endOf({ info, place, sentMs, from, until }: Window): Reason[] {
  const expires = info.expires?.text ?? capTimeOf(until);
  if (info.expires !== undefined && info.expires.ms < sentMs)
    return [{ code: 'expires-before-sent', place: `${place}.expires`, says: { expires } }];
  if (info.expires !== undefined && from > info.expires.ms)
    return [
      {
        code: 'effective-after-expires',
        place: `${place}.effective`,
        says: { effective: capTimeOf(from), expires },
      },
    ];
  return [{ code: 'expired', place: `${place}.expires`, says: { expires: capTimeOf(until) } }];
}

function notesOn({ info, place, from, isCut }: Window, at: number): Reason[] {
  const notes: Reason[] = [];
  if (from > at)
    notes.push({
      code: 'not-yet-effective',
      place: `${place}.effective`,
      says: { effective: capTimeOf(from) },
    });
  if (info.expires === undefined) notes.push({ code: 'expires-assumed', place: `${place}.expires` });
  if (isCut) notes.push({ code: 'life-cut', place: `${place}.expires` });
  for (const [index, resource] of info.resource.entries())
    if (hasOtherDigest(resource))
      notes.push({ code: 'digest-differs', place: `${place}.resource[${index}].digest` });
  return notes;
}

function hasPlace({ area }: CapInfo): boolean {
  return area.some(
    ({ polygon, circle, geocode }) =>
      geocode.length > 0 || [...polygon, ...circle].some((shape) => shape !== undefined),
  );
}

/** Several infos say the same of themselves. */
function unique(reasons: Reason[]): Reason[] {
  const seen = new Set<string>();
  return reasons.filter(({ code, place, says }) => {
    const key = JSON.stringify([code, place, says]);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}
