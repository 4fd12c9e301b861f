import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useLanguage } from '../../words/language.ts';
import type { Drawn } from './drawn.ts';
import { droppedIn } from './dropped.ts';
import type { Drag } from './use-drag.ts';

/** A hand that rests is asking; one on its way is not. */
const REST_MS = 150;
/** More than fit beside what is dragged. */
const TOLD = 3;

export interface DragCheck {
  state: 'checking' | 'clear' | 'troubled' | 'past' | 'still';
  words: string[];
  /** Of what is pulled longer: how often it would be said. */
  times?: number;
}

/** What something would meet where it is dragged to, as the server sees it; nothing is kept. */
export function useDragCheck(
  drag: Drag,
  { area, draft, now }: Pick<Drawn, 'area' | 'draft' | 'now'>,
): DragCheck {
  const language = useLanguage();
  const dropped = useMemo(() => draft && droppedIn(draft, drag), [draft, drag]);
  const [rested] = useDebouncedValue(dropped, REST_MS);
  const looked = rested?.once;
  const { data } = useAnswer(
    'draft',
    { area, entries: looked?.entries ?? [], slots: looked?.slots ?? [], look_only: true },
    { enabled: looked !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  const times = dropped?.times === undefined ? {} : { times: dropped.times };
  if (dropped === undefined) return { state: 'still', words: [] };
  if (drag.day < now.day || (drag.day === now.day && drag.from < now.minute))
    return { state: 'past', words: [], ...times };
  if (rested !== dropped || data === undefined) return { state: 'checking', words: [], ...times };
  const ids = changedIds(dropped.once, draft, area);
  const met = data.check.conflicts.filter(({ entry, against }) => ids.has(entry) || ids.has(against ?? ''));
  return {
    state: met.length === 0 ? 'clear' : 'troubled',
    words: met.slice(0, TOLD).map((each) => each[language]),
    ...times,
  };
}

/** `43/news`: those that the drag made, or made otherwise. */
function changedIds(after: NonNullable<Drawn['draft']>, before: Drawn['draft'], area: string): Set<string> {
  const was = new Set(before?.entries);
  return new Set(after.entries.filter((each) => !was.has(each)).map(({ id }) => `${area}/${id}`));
}
