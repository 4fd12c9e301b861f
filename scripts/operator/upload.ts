import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { MediaInfo } from '../../firmware-protocol/http/media.ts';
import { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { Failed } from '../cli.ts';
import type { Profile } from './profile.ts';

const Refused = z.object({ en: z.string(), th: z.string(), faults: z.array(Fault) });

export function basicAuth(profile: Pick<Profile, 'user' | 'password'>): string {
  return `Basic ${Buffer.from(`${profile.user}:${profile.password}`).toString('base64')}`;
}

/** Sends a sound file to the server's library; resolves when it is prepared for towers. Rejects with Failed. */
export async function upload(profile: Profile, path: string): Promise<MediaInfo> {
  const blob = await openAsBlob(path).catch(() => {
    throw new Failed(`cannot read ${path} / อ่านแฟ้มไม่ได้`);
  });
  const form = new FormData();
  form.append('file', blob, basename(path));
  const response = await fetch(new URL('/media', profile.server), {
    method: 'POST',
    body: form,
    headers: { authorization: basicAuth(profile) },
  }).catch((cause: unknown) => {
    throw new Failed(`the server at ${profile.server} cannot be reached: ${String(cause)}`);
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return MediaInfo.parse(body);
  const refused = Refused.safeParse(body);
  throw new Failed(
    refused.success ? `${refused.data.en} / ${refused.data.th}` : `the server answered ${response.status}`,
    body,
  );
}
