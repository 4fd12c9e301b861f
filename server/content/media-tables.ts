import type { MediaInfo } from '../../firmware-protocol/http/media.ts';
import type { PictureInfo } from '../../firmware-protocol/http/picture.ts';

/** Files of the library and what is known of them. What was taken away is not found. */

export interface MediaTable {
  get(sha256: string): Promise<MediaInfo | undefined>;
  put(info: MediaInfo & { uploadedBy: string; uploadedAt: number }): Promise<void>;
}

/** What was said before, by voice and text. */
export interface SpeechTable {
  /** SHA-256 of the sound of this key; undefined = it was never said. */
  get(key: string): Promise<string | undefined>;
  put(said: { key: string; sha256: string; voice: string; at: number }): Promise<void>;
}

export interface PictureTable {
  get(sha256: string): Promise<PictureInfo | undefined>;
  put(info: PictureInfo & { uploadedBy: string; uploadedAt: number }): Promise<void>;
}
