import { expect, test } from 'vitest';
import { LibraryRequest } from '../../../firmware-protocol/mqtt/library-requests.ts';
import { readLibrary, requestOf, writeLibrary } from '../../../server/console/library/library-search.ts';

test('a view of the library comes back from its address', () => {
  const search = { kind: 'speech', q: 'ประชุม', unused: true, mine: true, after: '5/abc' } as const;
  expect(readLibrary(writeLibrary(search))).toEqual(search);
  expect(writeLibrary(readLibrary({}))).toEqual({});
});

test('what an address says wrong is as if it were not there', () => {
  expect(readLibrary({ kind: 'film', unused: 'yes', q: 12 })).toEqual({
    ...{ kind: undefined, q: '12', unused: false, mine: false, after: undefined },
  });
});

test('what is asked is what the server reads', () => {
  const asked = requestOf(readLibrary({ kind: 'sound', mine: true, unused: true }), 'somchai');
  expect(asked).toEqual({ kind: 'sound', by: 'somchai', unused: true });
  expect(LibraryRequest.safeParse(asked).success).toBe(true);
});
