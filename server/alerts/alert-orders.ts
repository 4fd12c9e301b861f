import type { AudioPart, MediaRef } from '../../firmware-protocol/content/announcement.ts';
import type { Target } from '../../firmware-protocol/content/area.ts';
import { BANDS } from '../../firmware-protocol/content/band.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { ORDER_LIMITS, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { AlertWords } from './alert-words.ts';

/** A warning that woke somebody is said again: who heard the end wants the beginning. */
const TIMES_SAID = 2;
/** What a page stands for where nothing else is said. */
const PAGE_MS = 10_000;
/** An all-clear that a hall was away for is told when it comes back; longer than the alert may live it says nothing. */
const ALL_CLEAR_LIFE_MS = ORDER_LIMITS.lifeMs;

/** As many orders as there are ids, each to at most as many targets as an order takes. */
export function targetsPerOrder(to: readonly Target[]): Target[][] {
  const parts: Target[][] = [];
  for (let at = 0; at < to.length; at += ORDER_LIMITS.targets)
    parts.push(to.slice(at, at + ORDER_LIMITS.targets));
  return parts;
}

interface Envelope {
  id: string;
  to: Target[];
  by: string;
  /** Epoch ms. */
  now: number;
  until: number;
}

/** The words of an alert on signs and towers. Without sound the tone says that something is up, and the sign says what. */
export function alertOrder(
  { id, to, by, now, until }: Envelope,
  words: AlertWords,
  sound: MediaRef | undefined,
  further: readonly { words: AlertWords; sound: MediaRef | undefined }[] = [],
): UnsignedOrder {
  const sounds = [sound, ...further.map((each) => each.sound)];
  const parts: AudioPart[] = sounds.filter((each) => each !== undefined);
  const announcement = {
    title: words.title,
    language: words.language,
    agency: words.agency,
    tower: {
      chime: words.isAllClear ? ('attention' as const) : ('alert' as const),
      parts,
      times: TIMES_SAID,
    },
    panel: {
      pages: [words, ...further.map((each) => each.words)].map(pageOf),
      // A warning stands until it ends; that it is over is told for some minutes.
      times: words.isAllClear ? 30 : Math.min(1_000, Math.max(1, Math.ceil((until - now) / PAGE_MS))),
    },
  };
  const envelope = {
    format: 1 as const,
    id,
    to,
    by,
    issued_at: instantOf(now),
    expires_at: instantOf(Math.min(until, now + ORDER_LIMITS.lifeMs)),
    announcement,
  };
  return words.isAllClear
    ? { ...envelope, kind: 'announce', band: BANDS.urgent }
    : { ...envelope, kind: 'alert', band: BANDS.alert };
}

function pageOf({ title, text, hotline }: AlertWords) {
  return { title, text, ...(hotline !== undefined && { hotline }) };
}

export function allClearOrder({ id, to, by, now }: Omit<Envelope, 'until'>, clears: string): UnsignedOrder {
  return {
    format: 1,
    id,
    to,
    by,
    issued_at: instantOf(now),
    expires_at: instantOf(now + ALL_CLEAR_LIFE_MS),
    kind: 'all-clear',
    clears,
  };
}
