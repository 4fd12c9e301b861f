import { useDebouncedValue } from '@mantine/hooks';
import type { AnswerTo, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAnswer } from '../wire/use-wire.tsx';

export type LibraryItem = AnswerTo<'library'>['items'][number];
export type LibraryKind = LibraryItem['kind'];

/** Between two letters of somebody who types. */
const TYPING_MS = 250;

/** A page of the library, the newest first; `search` is asked for when somebody stopped typing. */
export function useLibrary({
  search = '',
  ...request
}: Omit<RequestOf<'library'>, 'search'> & { search?: string }) {
  const [words] = useDebouncedValue(search.trim(), TYPING_MS);
  return useAnswer('library', { ...request, ...(words !== '' && { search: words }) }, { keep: true });
}
