import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';

export const KINDS = ['sound', 'speech', 'picture'] as const;

/** What of the library is shown; it stands in the address. */
export interface LibrarySearch {
  kind: (typeof KINDS)[number] | undefined;
  q: string;
  unused: boolean;
  mine: boolean;
  after: string | undefined;
}

/** What an address says; what it says wrong is as if it were not there. */
export function readLibrary(raw: Readonly<Record<string, unknown>>): LibrarySearch {
  return {
    kind: KINDS.find((kind) => kind === raw.kind),
    q: raw.q === undefined ? '' : String(raw.q),
    unused: raw.unused === true,
    mine: raw.mine === true,
    after: raw.after === undefined ? undefined : String(raw.after),
  };
}

/** The address of a view, without what goes without saying. */
export function writeLibrary({ kind, q, unused, mine, after }: LibrarySearch): Record<string, unknown> {
  return {
    ...(kind !== undefined && { kind }),
    ...(q !== '' && { q }),
    ...(unused && { unused }),
    ...(mine && { mine }),
    ...(after !== undefined && { after }),
  };
}

/** As it is asked of the server; its words are asked for apart, when somebody stopped typing. */
export function requestOf(
  { kind, unused, mine, after }: LibrarySearch,
  user: string,
): Omit<RequestOf<'library'>, 'search'> {
  return {
    unused,
    ...(kind !== undefined && { kind }),
    ...(mine && { by: user }),
    ...(after !== undefined && { after }),
  };
}
