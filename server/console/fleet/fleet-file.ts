import type { HallRow, HallsAnswer } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';

/** Rows asked for at once: the most that the server gives. */
const PAGE = 500;
/**
 * Halls change their places while a list is fetched page by page: one that moved forward is met twice, and the one that it pushed
 * behind is missed. What is missing is found by going through the list again, so often.
 */
const PASSES = 3;

interface Fetching {
  ask: (request: RequestOf<'halls'>) => Promise<HallsAnswer>;
  filter: RequestOf<'halls'>;
  /** Rows of the file, as they come: each hall once. */
  take: (rows: readonly HallRow[], places: HallsAnswer['places']) => void;
  onProgress: (done: number, total: number) => void;
}

/** Every hall of a list, each once, in the order of the list. Rejects what `ask` rejects. */
export async function fetchEveryHall({ ask, filter, take, onProgress }: Fetching): Promise<void> {
  const met = new Set<string>();
  let total = 1;
  for (let pass = 0; pass < PASSES && met.size < total; pass++)
    for (let skip = 0; skip < total; ) {
      const { halls, places, ...answer } = await ask({ ...filter, skip, limit: PAGE });
      const fresh = halls.filter(({ device }) => !met.has(device));
      for (const { device } of fresh) met.add(device);
      take(fresh, places);
      total = answer.total;
      onProgress(met.size, total);
      if (halls.length === 0) break;
      skip += halls.length;
    }
}
