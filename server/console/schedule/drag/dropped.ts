import { type Block, timeOf } from '../grid/blocks.ts';
import { type Entry, movedOnce, movedSeries, type Plan, withEntry } from '../plan-edit.ts';
import { repeatsOf, timesLasting, withTimes } from '../repeats.ts';
import type { Drag } from './use-drag.ts';

/** What a drag would make of the plan. */
export interface Dropped {
  entry: Entry;
  /** Only this time; of a stretched entry, and of one that comes once, all there is. */
  once: Plan;
  /** Every time; undefined where its rule cannot say it, or it comes once. */
  all?: Plan;
  /** How often it is said now, of a stretched one. */
  times?: number;
}

/** Undefined = the entry is not in the plan, or nothing changed. */
export function droppedIn(plan: Plan, drag: Drag): Dropped | undefined {
  const entry = plan.entries.find(({ id }) => id === drag.block.row.entry);
  if (entry === undefined) return undefined;
  return drag.how === 'stretch' ? stretched(plan, entry, drag) : moved(plan, entry, drag);
}

function stretched(plan: Plan, entry: Entry, { from, until }: Drag): Dropped | undefined {
  const repeats = repeatsOf(entry);
  if (repeats === undefined) return undefined;
  const times = timesLasting(entry, repeats, (until - from) * 60_000);
  return { entry, once: withEntry(plan, withTimes(entry, repeats, times)), times };
}

function moved(plan: Plan, entry: Entry, { block, day, from }: Drag): Dropped | undefined {
  const was = startOf(block);
  const to = from === block.from ? `${day}${was.slice(10)}` : `${day}T${timeOf(from)}:00`;
  if (was === to) return undefined;
  const series = entry.rule === undefined ? undefined : movedSeries(entry, was, to);
  return {
    entry,
    once: movedOnce(plan, entry, was, to),
    ...(series !== undefined && { all: withEntry(plan, series) }),
  };
}

/** `43/morning-news/2026-11-30T06:30:00` -> its local start. */
export const startOf = ({ key }: Pick<Block, 'key'>): string => key.slice(key.lastIndexOf('/') + 1);
