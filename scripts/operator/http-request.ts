import type { RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import type { Profile } from './profile.ts';
import { serverUnreachable } from './refusal.ts';
import { basicAuth } from './upload.ts';

/** The same request over HTTP (`POST /api/request/{what}`); resolves with the answer as it came. Rejects with Failed. */
export async function askOverHttp(profile: Profile, what: RequestName, payload: string): Promise<unknown> {
  try {
    const response = await fetch(new URL(`/api/request/${what}`, profile.server), {
      method: 'POST',
      headers: { authorization: basicAuth(profile), 'content-type': 'application/json' },
      body: payload,
    });
    return await response.json();
  } catch (cause) {
    throw serverUnreachable(profile.server, cause);
  }
}
