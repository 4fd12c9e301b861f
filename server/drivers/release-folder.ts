import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Release } from '../../firmware-protocol/content/release.ts';
import { readManifest } from '../../firmware-protocol/content/release-manifest.ts';
import { writeWhole } from './secret-folder.ts';

/** `<data>/releases/<area>.json`, one an area; the files that they name lie among the media, under their hashes. */
export class ReleaseFolder {
  readonly #documents: string;
  readonly #media: string;

  constructor(data: string) {
    this.#documents = join(data, 'releases');
    this.#media = join(data, 'media');
  }

  async all(): Promise<string[]> {
    return (await this.byArea()).map(({ text }) => text);
  }

  /** Each document under the name that it has here. */
  async byArea(): Promise<{ area: string; text: string }[]> {
    const names = await readdir(this.#documents).catch(() => []);
    const documents = names.filter((name) => /^[a-z0-9]+\.json$/.test(name)).sort();
    return Promise.all(
      documents.map(async (name) => ({
        area: name.slice(0, -'.json'.length),
        text: await readFile(join(this.#documents, name), 'utf8'),
      })),
    );
  }

  /** The files that a document names: its manifests, and what is listed in those of them that are here. */
  async filesOf(text: string): Promise<string[]> {
    const manifests = manifestsIn(text);
    const listed = await Promise.all(
      manifests.map(async (sha256) => {
        const manifest = await readFile(join(this.#media, sha256), 'utf8').catch(() => '');
        const read = readManifest(manifest);
        return 'fault' in read ? [] : read.files.map((file) => file.sha256);
      }),
    );
    return [...new Set([...manifests, ...listed.flat()])];
  }

  async put(area: string, text: string): Promise<void> {
    await mkdir(this.#documents, { recursive: true, mode: 0o750 });
    await writeWhole(this.#documents, `${area}.json`, text, 0o640);
  }

  /** Whole under its hash, beside a server that runs; resolves false where the file is not what it should be. */
  async putFile(source: string, sha256: string): Promise<boolean> {
    const target = join(this.#media, sha256);
    if (await stat(target).catch(() => undefined)) return true;
    await mkdir(this.#media, { recursive: true, mode: 0o750 });
    const scratch = join(this.#media, `.${randomUUID()}`);
    const hash = createHash('sha256');
    const copy = await open(scratch, 'wx', 0o640);
    try {
      for await (const chunk of createReadStream(source)) {
        hash.update(chunk);
        await copy.writeFile(chunk);
      }
      await copy.sync();
    } finally {
      await copy.close();
    }
    if (hash.digest('hex') !== sha256) {
      await rm(scratch, { force: true });
      return false;
    }
    await rename(scratch, target);
    return true;
  }
}

/** What is no release names nothing; halls would refuse it too. */
function manifestsIn(text: string): string[] {
  try {
    return Object.values(Release.parse(JSON.parse(text)).builds).map(({ manifest }) => manifest);
  } catch {
    return [];
  }
}
