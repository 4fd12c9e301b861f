import type { KeysAnswer, KeysRequest } from '../../firmware-protocol/mqtt/people-requests.ts';
import type { Asker } from '../asker.ts';
import type { RequestNeeds } from './request-row.ts';

/** The keys that halls trust, and how many of the asker's halls hold which version of the set. */
export async function keys(
  asker: Asker,
  _request: KeysRequest,
  { keySet, fleet }: RequestNeeds,
): Promise<KeysAnswer> {
  const { version, keys: all } = keySet();
  const halls: Record<string, number> = {};
  for (const area of asker.areas)
    for (const { state } of await fleet.devices(area)) {
      const held = state === undefined ? 'unknown' : String(state.keys);
      halls[held] = (halls[held] ?? 0) + 1;
    }
  const told = all.map(({ id, areas, uses, max_band, not_before, not_after }) => ({
    ...{ id, areas, uses, max_band, not_before, not_after },
  }));
  return { version, keys: told, halls };
}
