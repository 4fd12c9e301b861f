import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { SlotsFolder } from '../../../device/drivers/update/slots-folder.ts';
import type { Launched, SlotName } from '../../../device/update-ports.ts';
import { type ReleaseFile, writeManifest } from '../../../firmware-protocol/content/release-manifest.ts';

const LAUNCHER = resolve('scripts/packaging/launch');

/** Says which file it was to run and what stands in it. */
const NODE = [
  '#!/bin/sh',
  'for each in "$@"; do case $each in *.cjs) file=$each ;; esac; done',
  'echo "$PRAKAT_SLOT|$(cat "$file")|$PRAKAT_TRIAL|$PRAKAT_INSTEAD|$*|$CACHE_DIRECTORY"',
  'exec sleep "$STAY"',
  '',
].join('\n');

/** What the launcher ran in the place of Node. */
export interface Ran {
  slot: string;
  version: string;
  trial: boolean;
  instead: string;
  argv: string[];
  /** Where it may find code that was kept; '' = it shall not look. */
  cache: string;
}

/** A box without systemd: a base, slots, and a Node that only says what it was told to run. */
export class LaunchStage {
  readonly folder: string;
  readonly slots: string;
  readonly base: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.slots = join(folder, 'slots');
    this.base = join(folder, 'base');
  }

  static async make(): Promise<LaunchStage> {
    const stage = new LaunchStage(await mkdtemp(join(tmpdir(), 'prakat-launch-')));
    await stage.#tree(stage.base, filesOf('0.1.0'), '0.1.0');
    const node = join(stage.folder, 'node');
    await writeFile(node, NODE);
    await chmod(node, 0o755);
    return stage;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** Puts a version into a slot as the agent does; resolves to the slot. */
  async fill(version: string, launched: Launched = BASE): Promise<SlotName> {
    const { folder, sha256, text } = await this.fetched(version);
    return this.driver(launched).fill(version, { sha256, text, at: BUILT }, async ({ path }) =>
      join(folder, path),
    );
  }

  /** A version as it came from the server. */
  async fetched(version: string): Promise<{ folder: string; sha256: string; text: string }> {
    const folder = join(this.folder, 'fetched', version);
    await this.#tree(folder, filesOf(version), version);
    const text = await readFile(join(folder, 'manifest'), 'utf8');
    return { folder, sha256: hash(text), text };
  }

  driver(launched: Launched = BASE): SlotsFolder {
    return new SlotsFolder({ folder: this.slots, base: this.base, launched });
  }

  /** One start; what ran, or undefined. */
  launch(env: Record<string, string> = {}): Promise<Ran | undefined> {
    return new Promise((resolve, reject) => {
      execFile('sh', [LAUNCHER, '/etc/prakat/hall.json'], { env: this.env(env) }, (error, stdout) => {
        const [slot, version, trial, instead, argv, cache] = stdout.trim().split('|');
        if (error !== null) return reject(error);
        if (slot === undefined || version === undefined) return resolve(undefined);
        resolve({
          ...{ slot, version, instead: instead ?? '' },
          trial: trial === 'yes',
          argv: (argv ?? '').split(' '),
          cache: cache ?? '',
        });
      });
    });
  }

  env(env: Record<string, string> = {}): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      PRAKAT_BASE: this.base,
      PRAKAT_SLOTS: this.slots,
      PRAKAT_NODE: join(this.folder, 'node'),
      STAY: '0',
      ...env,
    };
  }

  async #tree(root: string, files: Record<string, string>, version: string): Promise<void> {
    const named: ReleaseFile[] = [];
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
      named.push({ path, sha256: hash(text), bytes: Buffer.byteLength(text), executable: false });
    }
    await writeFile(join(root, 'manifest'), writeManifest({ version, architecture: 'amd64', files: named }));
  }
}

/** The date that the files of a version get. */
export const BUILT = Date.parse('2026-11-20T09:00:00+07:00');

export const BASE: Launched = { slot: 'base', trial: false };

/** The program says its version; the second file is the same in all of them. */
export function filesOf(version: string): Record<string, string> {
  return {
    'dist/device.cjs': version,
    'node-flags': '# ธงของ Node\n--max-semi-space-size=2\n',
    'node_modules/@scope/part/index.js': 'ส่วนที่เหมือนกันทุกรุ่น',
  };
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
