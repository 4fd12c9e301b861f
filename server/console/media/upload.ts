import type { MediaInfo } from '../../../firmware-protocol/http/media.ts';
import type { PictureInfo } from '../../../firmware-protocol/http/picture.ts';
import type { Failure } from '../../../firmware-protocol/mqtt/answer.ts';
import { Refused, Unreachable } from '../wire/failure.ts';

/** Which half of an upload is under way, and how much of it, 0 to 1. */
export interface UploadStep {
  step: 'sending' | 'preparing';
  share: number;
}

/** What an upload becomes: it names itself by its hash. */
type Prepared = MediaInfo | PictureInfo;

/** What the server writes while it prepares sound: any number of the first, then one of the next two. The others come alone. */
type Line = { progress: number } | { media: MediaInfo } | { error: Failure } | Failure | PictureInfo;

type OnStep = (step: UploadStep) => void;

/** Resolves when the sound is ready for towers. Rejects `Refused`, `Unreachable`, and an AbortError when `signal` fires. */
export const uploadSound = (file: File, onStep?: OnStep, signal?: AbortSignal): Promise<MediaInfo> =>
  uploaded<MediaInfo>('/media', file, onStep, signal);

/** The same of a picture for signs. */
export const uploadPicture = (file: File, onStep: OnStep, signal: AbortSignal): Promise<PictureInfo> =>
  uploaded<PictureInfo>('/picture', file, onStep, signal);

/** By XMLHttpRequest: `fetch` does not tell how much has left. */
function uploaded<T extends Prepared>(
  path: string,
  file: File,
  onStep: OnStep = () => {},
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file, file.name);
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/x-ndjson');
    request.upload.onprogress = ({ loaded, total }) =>
      onStep({ step: 'sending', share: total === 0 ? 0 : loaded / total });
    request.onprogress = () => {
      const share = shareIn(request.responseText);
      if (share !== undefined) onStep({ step: 'preparing', share });
    };
    request.onload = () => {
      const end = endIn(request.responseText);
      if (end instanceof Error) reject(end);
      else resolve(end as T);
    };
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException('the upload was given up', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

/** Lines of an answer that is still coming: the last may be cut. */
function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line): Line[] => {
    try {
      return line.trim() === '' ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

export function shareIn(text: string): number | undefined {
  return linesOf(text)
    .flatMap((line) => ('progress' in line ? [line.progress] : []))
    .at(-1);
}

/** How it ended: prepared, refused with words, or cut. */
export function endIn(text: string): Prepared | Error {
  const last = linesOf(text).at(-1);
  if (last !== undefined && 'media' in last) return last.media;
  if (last !== undefined && 'error' in last) return new Refused(last.error);
  if (last !== undefined && 'sha256' in last) return last;
  if (last !== undefined && 'code' in last) return new Refused(last);
  return new Unreachable();
}
