import { createHash } from 'node:crypto';
import { DeviceError } from '../../../device/errors.ts';
import type { MediaFetcherParts } from '../../../device/media/fetcher.ts';
import type { HeldMedia, MediaStore } from '../../../device/ports.ts';
import { silentLog } from './silent-log.ts';

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A media folder in memory, on a card of `cardBytes`. */
export class MemoryMedia implements MediaStore {
  readonly whole = new Map<string, Buffer>();
  readonly parts = new Map<string, Buffer>();
  /** The largest that a part ever was. */
  most = 0;
  cardBytes = Number.POSITIVE_INFINITY;

  get bytes(): number {
    return [...this.whole.values(), ...this.parts.values()].reduce((sum, { length }) => sum + length, 0);
  }

  async path(hash: string): Promise<string | undefined> {
    return this.whole.has(hash) ? `/media/${hash}` : undefined;
  }
  async partial(hash: string): Promise<number> {
    return this.parts.get(hash)?.length ?? 0;
  }
  async append(hash: string, chunk: Uint8Array): Promise<void> {
    if (this.bytes + chunk.length > this.cardBytes) throw new DeviceError('store-full');
    const grown = Buffer.concat([this.parts.get(hash) ?? Buffer.alloc(0), chunk]);
    this.most = Math.max(this.most, grown.length);
    this.parts.set(hash, grown);
  }
  async finish(hash: string): Promise<string | undefined> {
    const bytes = this.parts.get(hash) ?? Buffer.alloc(0);
    this.parts.delete(hash);
    if (sha256Of(bytes) !== hash) return undefined;
    this.whole.set(hash, bytes);
    return `/media/${hash}`;
  }
  async discard(hash: string): Promise<void> {
    this.parts.delete(hash);
  }
  async adopt(hash: string, chunks: AsyncIterable<Uint8Array>): Promise<string | undefined> {
    let bytes = Buffer.alloc(0);
    for await (const chunk of chunks) bytes = Buffer.concat([bytes, chunk]);
    if (sha256Of(bytes) !== hash) return undefined;
    this.whole.set(hash, bytes);
    return `/media/${hash}`;
  }
  async held(): Promise<HeldMedia[]> {
    const wholes = [...this.whole].map(([sha256, { length }]) => ({ name: sha256, sha256, length }));
    const parts = [...this.parts].map(([sha256, { length }]) => ({ name: `${sha256}.part`, sha256, length }));
    return [...wholes, ...parts].map(({ name, sha256, length }) => ({
      ...{ name, sha256, bytes: length, isWhole: name === sha256, usedAt: 0 },
    }));
  }
  async remove(name: string): Promise<void> {
    this.whole.delete(name);
    this.parts.delete(name.slice(0, 64));
  }
  async freeBytes(): Promise<number | undefined> {
    return Number.isFinite(this.cardBytes) ? this.cardBytes - this.bytes : undefined;
  }
}

/** What a fetcher needs beside a store, a source and a clock, where room and data are no matter. */
export const CAREFREE: Pick<MediaFetcherParts, 'room' | 'month' | 'warnings' | 'random' | 'log'> = {
  room: { makeRoom: async () => {}, used: () => {} },
  month: { arrived: () => {}, write: () => {} },
  warnings: { raise: () => {}, clear: () => {} },
  random: { fraction: () => 0.5 },
  log: silentLog,
};
