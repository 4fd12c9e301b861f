import type { RequestNeeds } from '../../../../server/requests/request-row.ts';

const never = async (): Promise<never> => {
  throw new Error('no alert came');
};

/** A desk to which no alert ever comes. */
export const noAlerts: RequestNeeds['alerts'] = {
  desk: { list: async () => [], get: async () => undefined, approve: never, reject: never },
  sender: 'prakat',
  mediaUrl: (sha256) => `http://127.0.0.1/media/${sha256}`,
};
