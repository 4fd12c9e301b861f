import { z } from 'zod';
import { Failed } from '../cli.ts';

const Refused = z.object({ en: z.string(), th: z.string() });

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
    throw new Failed(`the server at ${server} cannot be reached: ${String(cause)} / ติดต่อเซิร์ฟเวอร์ไม่ได้`);
  });
  if (response.ok) return;
  const refused = Refused.safeParse(await response.json().catch(() => undefined));
  throw new Failed(
    refused.success ? `${refused.data.en} / ${refused.data.th}` : `the server answered ${response.status}`,
  );
}
