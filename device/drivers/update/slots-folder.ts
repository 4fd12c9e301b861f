import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ReleaseFile, readManifest } from '../../../firmware-protocol/content/release-manifest.ts';
import { DeviceError } from '../../errors.ts';
import type { FileSource, Launched, SignedManifest, SlotName, SlotState, Slots } from '../../update-ports.ts';
import { syncFolder } from '../atomic-file.ts';
import { diskError } from '../disk-error.ts';
import { readSlotLines, type SlotLines, slotStateOf, writeSlotLines } from './slots-state.ts';

export interface SlotsFolderParts {
  /** Of `a`, `b` and `state`. */
  folder: string;
  /** The version that came with the package. */
  base: string;
  launched: Launched;
}

const MANIFEST_NAME = 'manifest';
/** Left free beside a new version: reports of a month, and what is fetched for tonight. */
const ROOM_LEFT_BYTES = 128 * 1024 * 1024;

/**
 * `<folder>/a`, `<folder>/b`, and `<folder>/state` for the launcher. A slot is filled beside its place and renamed, and
 * the state names it, with the hash of its manifest, only when every byte is on the disk: cut at any point, the version
 * before is what runs (F42).
 */
export class SlotsFolder implements Slots {
  readonly launched: Launched;
  readonly #folder: string;
  readonly #base: string;

  constructor({ folder, base, launched }: SlotsFolderParts) {
    this.#folder = folder;
    this.#base = base;
    this.launched = launched;
  }

  async state(): Promise<SlotState> {
    return slotStateOf(await this.#lines());
  }

  async find(sha256: string): Promise<string | undefined> {
    for (const root of [this.#base, this.#path('a'), this.#path('b')]) {
      const text = await readFile(join(root, MANIFEST_NAME), 'utf8').catch(() => '');
      const manifest = readManifest(text);
      const file = 'fault' in manifest ? undefined : manifest.files.find((each) => each.sha256 === sha256);
      if (file !== undefined) return join(root, file.path);
    }
    return undefined;
  }

  async fill(version: string, { sha256, text, at }: SignedManifest, from: FileSource): Promise<SlotName> {
    const manifest = readManifest(text);
    if ('fault' in manifest) throw new DeviceError('update-corrupt', { why: manifest.fault });
    const incoming = join(this.#folder, 'incoming');
    try {
      await rm(incoming, { recursive: true, force: true });
      await this.#refuseUnlessRoom(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0));
      const slot = await this.#free();
      await mkdir(incoming, { recursive: true, mode: 0o755 });
      const folders = new Set<string>([incoming]);
      for (const file of manifest.files) await placeFile(file, await from(file), at, incoming, folders);
      await writeDurably(join(incoming, MANIFEST_NAME), text);
      for (const folder of folders) await syncFolder(folder);
      await rm(this.#path(slot), { recursive: true, force: true });
      await rename(incoming, this.#path(slot));
      await syncFolder(this.#folder);
      await this.#put({ [slot]: `${sha256} ${version}` });
      return slot;
    } catch (error) {
      await rm(incoming, { recursive: true, force: true }).catch(() => {});
      throw diskError(error, { slots: this.#folder });
    }
  }

  async tryOut(slot: SlotName, starts: number): Promise<void> {
    await rm(join(this.#folder, 'overtime'), { force: true });
    await this.#put({ trial: slot, trial_starts: String(starts) });
  }

  async confirm(version: string): Promise<void> {
    const { slot } = this.launched;
    const { current } = await this.state();
    const previous = current === slot ? {} : { previous: current };
    await this.#put({
      current: slot,
      ...previous,
      trial: '',
      trial_starts: '0',
      starts: '0',
      floor: version,
    });
  }

  async giveBack(): Promise<void> {
    await this.#put({ trial: '', trial_starts: '0' });
  }

  async settled(told: boolean): Promise<void> {
    const lines = await this.#lines();
    // The card is written only where there is something to forget.
    if ((lines.get('starts') ?? '0') === '0' && !(told && lines.get('returned'))) return;
    await this.#put({ starts: '0', ...(told && { returned: '' }) });
  }

  /** The slot that nothing needs; from here on the state does not name it any more. */
  async #free(): Promise<SlotName> {
    const { current } = await this.state();
    const { slot: running, instead } = this.launched;
    const spare = (['a', 'b'] as const).filter((name) => name !== running);
    // Of the kept version nothing is taken, but where it does not run there is nothing to lose.
    const slot = spare.find((name) => name !== current) ?? (instead && spare[0]);
    if (slot === undefined) throw new DeviceError('update-corrupt', { why: 'both slots are in use' });
    const previous = (await this.#lines()).get('previous');
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#put({
      [slot]: '',
      ...(previous === slot && { previous: 'base' }),
      ...(current === slot && { current: running, previous: 'base' }),
    });
    return slot;
  }

  /** A disk that a version fills to the brim takes no reports any more. */
  async #refuseUnlessRoom(bytes: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize < bytes + ROOM_LEFT_BYTES)
      throw new DeviceError('store-full', { free: bavail * bsize, needed: bytes + ROOM_LEFT_BYTES });
  }

  async #put(values: Record<string, string>): Promise<void> {
    const lines = await this.#lines();
    for (const [key, value] of Object.entries(values)) lines.set(key, value);
    await writeSlotLines(join(this.#folder, 'state'), lines);
  }

  #lines(): Promise<SlotLines> {
    return readSlotLines(join(this.#folder, 'state'));
  }

  #path(slot: SlotName): string {
    return join(this.#folder, slot);
  }
}

/** Copies one file to its place and hashes what it writes: what is checked is what is kept. */
async function placeFile(
  file: ReleaseFile,
  source: string,
  at: number,
  root: string,
  folders: Set<string>,
): Promise<void> {
  const target = join(root, file.path);
  const parents: string[] = [];
  for (let folder = dirname(target); !folders.has(folder); folder = dirname(folder)) parents.push(folder);
  for (const folder of parents.reverse()) {
    await mkdir(folder, { mode: 0o755 });
    folders.add(folder);
  }
  const hash = createHash('sha256');
  let bytes = 0;
  const copy = await open(target, 'wx', file.executable ? 0o755 : 0o644);
  try {
    for await (const chunk of createReadStream(source, { highWaterMark: 256 * 1024 })) {
      hash.update(chunk);
      bytes += chunk.length;
      await copy.writeFile(chunk);
    }
    await copy.utimes(at / 1_000, at / 1_000);
    await copy.sync();
  } finally {
    await copy.close();
  }
  if (bytes !== file.bytes || hash.digest('hex') !== file.sha256)
    throw new DeviceError('update-corrupt', { why: `${file.path} is not what the manifest names` });
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
