import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { MediaInfo, UPLOAD_LIMITS } from '../../firmware-protocol/http/media.ts';
import { PICTURE_UPLOAD_LIMITS, PictureInfo } from '../../firmware-protocol/http/picture.ts';
import { Failure } from '../../firmware-protocol/mqtt/answer.ts';
import { counted } from '../cli/counted.ts';
import { unreadable } from '../cli/named-files.ts';
import { Failed } from '../cli.ts';
import type { Profile } from './profile.ts';
import { refusalOf, refusedBy, serverUnreachable } from './refusal.ts';

/** What the server says while it prepares: any number of the first, then one of the others. */
const Line = z.union([
  z.object({ progress: z.number() }),
  z.object({ media: MediaInfo }),
  z.object({ error: Failure }),
]);

export function basicAuth(profile: Pick<Profile, 'user' | 'password'>): string {
  return `Basic ${Buffer.from(`${profile.user}:${profile.password}`).toString('base64')}`;
}

/**
 * Sends a sound file to the server's library; resolves when it is prepared for towers. `onProgress` is told the share
 * of the preparing, from 0 to 1. Rejects with Failed.
 */
export async function upload(
  profile: Profile,
  path: string,
  onProgress: (share: number) => void = () => {},
): Promise<MediaInfo> {
  await refuseUnfit(path, UPLOAD_LIMITS.bytes);
  const { body } = await send(profile, '/media', path, { accept: 'application/x-ndjson' });
  return outcomeOf(profile, body, onProgress);
}

/** Sends a picture to the server's library; resolves when it is prepared for signs. Rejects with Failed. */
export async function uploadPicture(profile: Profile, path: string): Promise<PictureInfo> {
  await refuseUnfit(path, PICTURE_UPLOAD_LIMITS.bytes);
  const { body } = await send(profile, '/picture', path, {});
  try {
    return PictureInfo.parse(await json(body));
  } catch (cause) {
    throw serverUnreachable(profile.server, cause);
  }
}

type Body = NonNullable<Response['body']>;

async function send(
  profile: Profile,
  route: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ body: Body }> {
  const form = new FormData();
  form.append('file', await openAsBlob(path), basename(path));
  const response = await fetch(new URL(route, profile.server), {
    method: 'POST',
    body: form,
    headers: { authorization: basicAuth(profile), ...headers },
  }).catch((cause: unknown) => {
    throw serverUnreachable(profile.server, cause);
  });
  if (!response.ok || response.body === null) throw await refusalOf(response);
  return { body: response.body };
}

/** Said before it is sent: a village pays for its uplink. */
async function refuseUnfit(path: string, limit: number): Promise<void> {
  const found = await stat(path).catch(unreadable(path));
  if (!found.isFile())
    throw new Failed({ en: `${path} is no file`, th: `${path} ไม่ใช่ไฟล์` }, { code: 'no-file' });
  if (found.size <= limit) return;
  throw new Failed(
    { en: `${path} is larger than ${counted(limit, 'byte')}`, th: `ไฟล์ ${path} ใหญ่เกิน ${limit} ไบต์` },
    { code: 'upload-too-large' },
  );
}

async function outcomeOf(
  profile: Profile,
  body: Body,
  onProgress: (share: number) => void,
): Promise<MediaInfo> {
  try {
    for await (const text of createInterface({ input: Readable.from(body) })) {
      const line = Line.parse(JSON.parse(text));
      if ('error' in line) throw refusedBy(line.error);
      if ('media' in line) return line.media;
      onProgress(line.progress);
    }
  } catch (cause) {
    throw cause instanceof Failed ? cause : serverUnreachable(profile.server, cause);
  }
  throw serverUnreachable(profile.server, new Error('the answer ended early'));
}
