import type { KeysAnswer, KeysRequest } from '../../firmware-protocol/mqtt/people-requests.ts';
import type { Asker } from '../asker.ts';
import type { RequestNeeds } from './request-row.ts';

/** The keys that halls trust, and how many of the asker's halls hold which version of the set. */
export async function keys(
  asker: Asker,
  _request: KeysRequest,
  { keySet, province }: RequestNeeds,
): Promise<KeysAnswer> {
  const { version, keys: all } = keySet();
  const halls: Record<string, number> = {};
  for (const area of asker.areas)
    for (const { keys: held = 'unknown', halls: count } of await province.db.standings.keysIn(area))
      halls[held] = (halls[held] ?? 0) + count;
  const told = all.map(({ id, areas, uses, max_band, not_before, not_after }) => ({
    ...{ id, areas, uses, max_band, not_before, not_after },
  }));
  return { version, keys: told, halls };
}
