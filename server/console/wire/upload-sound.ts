import type { MediaInfo } from '../../../firmware-protocol/http/media.ts';
import { exchange } from './http.ts';

/** A sound of any kind the server's ffmpeg knows, made ready for towers; `name` is what the library calls it. Rejects as `exchange`. */
export function uploadSound(sound: Blob, name: string): Promise<MediaInfo> {
  const form = new FormData();
  form.append('file', sound, `${name}.webm`);
  return exchange<MediaInfo>('/media', { method: 'POST', body: form });
}
