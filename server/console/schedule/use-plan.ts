import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerTo, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAnswer, useOrder } from '../wire/use-wire.tsx';
import type { Plan } from './plan-edit.ts';

type Draft = AnswerTo<'draft'>;
export type Check = Draft['check'];
export type Conflict = Check['conflicts'][number];

/** The draft of an area: read, kept on the server with each edit, brought back, thrown away. Another's edit is not overwritten unseen. */
export function usePlan(area: string, enabled: boolean) {
  const queries = useQueryClient();
  const { data, error } = useAnswer('draft', { area }, { enabled });
  const order = useOrder('draft', ['occurrences']);
  const [before, setBefore] = useState<Draft>();

  const write = async (request: Pick<RequestOf<'draft'>, 'entries' | 'slots' | 'discard'>) => {
    try {
      const answer = await order.mutateAsync({ area, over: data?.changed_at ?? 'none', ...request });
      queries.setQueryData(['draft', { area }], answer);
    } catch (failed) {
      // Whatever stands now is what is to be seen beside the refusal.
      await queries.invalidateQueries({ queryKey: ['draft', { area }] });
      throw failed;
    }
  };
  const put = ({ entries, slots }: Plan) => write({ entries, slots });
  const discard = async () => {
    await write({ discard: true });
    setBefore(undefined);
  };
  return {
    draft: data,
    error,
    /** Of what was not opened in a drawer, which shows its own. */
    failed: order.error,
    isSaving: order.isPending,
    /** Keeps a changed plan; the one before can be brought back once. */
    async change(plan: Plan) {
      await put(plan);
      setBefore(data);
    },
    discard,
    undo:
      before?.area !== area
        ? undefined
        : async () => {
            if (before.draft) await put(before);
            else await discard();
            setBefore(undefined);
          },
  };
}
