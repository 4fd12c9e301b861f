import { useDebouncedValue } from '@mantine/hooks';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { type AnnounceDraft, pushOf } from './announce-draft.ts';

/** Until somebody stopped typing. */
const SETTLED_MS = 500;
/** Halls come and go, and programmes begin, while somebody writes. */
const LOOK_AGAIN_MS = 15_000;

/** What the announcement would meet, asked again as it is written. Before there is content, the halls alone are counted. */
export function usePlan(draft: AnnounceDraft, now: number) {
  const [asked] = useDebouncedValue(JSON.stringify(questionOf(draft, now)), SETTLED_MS);
  const request: RequestOf<'plan'> = JSON.parse(asked);
  return useAnswer('plan', request, {
    enabled: request.to.length > 0,
    refetchInterval: LOOK_AGAIN_MS,
    keep: true,
  });
}

const questionOf = (draft: AnnounceDraft, now: number): RequestOf<'plan'> =>
  pushOf(draft, now) ?? { to: draft.to, text: '-', chime: 'none', outputs: ['panel'] };
