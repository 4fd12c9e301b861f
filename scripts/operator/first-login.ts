import { refusalOf, serverUnreachable } from './refusal.ts';

/** Exchanges a one-time code for a password of the owner's choice. Rejects with Failed that says why. */
export async function firstLogin(
  server: string,
  login: { user: string; code: string; password: string },
): Promise<void> {
  const response = await fetch(new URL('/first-login', server), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login),
  }).catch((cause: unknown) => {
    throw serverUnreachable(server, cause);
  });
  if (!response.ok) throw await refusalOf(response);
}
