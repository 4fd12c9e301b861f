import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaInfo } from '../../../../firmware-protocol/http/media.ts';
import { LIBRARY_LIMITS, MediaLibrary } from '../../../../server/content/media-library.ts';
import { MediaFolder } from '../../../../server/drivers/media/media-folder.ts';
import { ServerError } from '../../../../server/errors.ts';
import type { Transcoder } from '../../../../server/ports.ts';

let data: string;
let rows: Map<string, MediaInfo>;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'prakat-library-'));
  rows = new Map();
});
afterEach(() => rm(data, { recursive: true }));

const fine: Transcoder = {
  probe: async () => ({ ms: 1_000 }),
  prepare: async (_from, to) => {
    await writeFile(to, 'opus');
    return { ms: 1_000, loudnessClufs: -1_600, source: { clufs: -3_000, peakCdb: -1_200 } };
  },
  close: async () => {},
};

async function library(
  transcoder: Partial<Transcoder>,
  put = async (info: MediaInfo) => void rows.set(info.sha256, info),
) {
  const files = await MediaFolder.open(data);
  const media = { get: async (sha256: string) => rows.get(sha256), put };
  return new MediaLibrary({
    files,
    media,
    transcoder: { ...fine, ...transcoder },
    book: { enter: async () => {} },
    clock: { wall: () => 0 },
  });
}
async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}
const upload = (...texts: string[]) => ({ chunks: chunks(...texts), fileName: 'x.mp3', by: 'somchai' });
const left = async () => [
  ...(await readdir(join(data, 'media-scratch'))),
  ...(await readdir(join(data, 'media'))),
];

describe('media library', () => {
  it.each([
    ['is no sound', { probe: async () => fail('upload-not-sound') }, 'upload-not-sound'],
    ['says three hours', { probe: async () => ({ ms: 3 * 3_600_000 }) }, 'upload-too-long'],
    [
      'fails half way',
      {
        prepare: async (_from: string, to: string) =>
          writeFile(to, 'half').then(() => fail('transcoder-failed')),
      },
      'transcoder-failed',
    ],
  ])('keeps nothing of an upload that %s', async (_what, transcoder, code) => {
    await expect((await library(transcoder)).add(upload('x'))).rejects.toMatchObject({ code });
    expect([await left(), rows.size]).toEqual([[], 0]);
  });

  it('says how many minutes were too many', async () => {
    const adding = (await library({ probe: async () => ({ ms: 3 * 3_600_000 }) })).add(upload('x'));
    await expect(adding).rejects.toMatchObject({ context: { minutes: 180, limit: 60 } });
  });

  it('keeps nothing of an upload that breaks off', async () => {
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('aborted');
    }
    const adding = (await library({})).add({ chunks: broken(), fileName: 'x', by: 'somchai' });
    await expect(adding).rejects.toMatchObject({ code: 'upload-cut' });
    expect(await left()).toEqual([]);
  });

  it('prepares one at a time, and refuses a long queue', async () => {
    let running = 0;
    let most = 0;
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: Partial<Transcoder> = {
      prepare: async (from, to, progress) => {
        most = Math.max(most, ++running);
        await gate;
        running--;
        return fine.prepare(from, to, progress);
      },
    };
    const shelf = await library(slow);
    const { waiting, waitingOfOne } = LIBRARY_LIMITS;
    const adding = Array.from({ length: waitingOfOne }, () => shelf.add(upload('x')));
    // One person, or a stolen password, keeps nobody else from uploading.
    await expect(shelf.add(upload('x'))).rejects.toMatchObject({ code: 'busy' });
    for (let n = waitingOfOne; n < waiting; n++) adding.push(shelf.add({ ...upload('x'), by: `user-${n}` }));
    await expect(shelf.add({ ...upload('x'), by: 'malee' })).rejects.toMatchObject({ code: 'busy' });
    await vi.waitFor(() => expect(running).toBe(1));
    open();
    expect(new Set((await Promise.all(adding)).map(({ sha256 }) => sha256)).size).toBe(1);
    expect(most).toBe(1);
    expect((await shelf.add(upload('x'))).title).toBe('x');
  });

  it('clears at its start what a power cut left', async () => {
    await (await library({})).add(upload('x'));
    await writeFile(join(data, 'media-scratch', 'half'), 'x');
    await library({});
    expect(await left()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});

function fail(code: 'upload-not-sound' | 'transcoder-failed'): never {
  throw new ServerError(code);
}
