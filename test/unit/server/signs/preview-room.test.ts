import { expect, test } from 'vitest';
import { Page } from '../../../../firmware-protocol/content/announcement.ts';
import { ServerError } from '../../../../server/errors.ts';
import { PreviewPictures } from '../../../../server/signs/preview-pictures.ts';
import { PREVIEW_CACHE, PreviewRoom } from '../../../../server/signs/preview-room.ts';
import type { PreviewedPage, PreviewJob } from '../../../../server/signs/sign-painter.ts';

const face = { width: 128, height: 64, depth: 'rgb565' as const, marquee: false };
const [POSTER, LOST, BOMB] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const PNG = 'iVBORw0KGgo=';

function roomOf(pngChars = PNG.length) {
  const jobs: PreviewJob[] = [];
  const kept = new Set([POSTER, BOMB]);
  const scratch = new Map<string, string>();
  let files = 0;
  const pictures = new PreviewPictures({
    size: async (sha256) => (kept.has(sha256) ? sha256.length : undefined),
    async *read(sha256) {
      yield Buffer.from(sha256);
    },
    receive: async (chunks) => {
      const path = `/scratch/${++files}`;
      for await (const chunk of chunks) scratch.set(path, Buffer.from(chunk).toString());
      return path;
    },
    discard: async (path) => void scratch.delete(path),
  });
  const paint = async (job: PreviewJob): Promise<PreviewedPage> => {
    jobs.push(job);
    const shown = job.picture === undefined ? undefined : scratch.get(job.picture);
    if (shown === BOMB) throw new ServerError('preview-failed', { context: { why: 'SIGSEGV' } });
    const isLost = job.page.picture !== undefined && shown === undefined;
    return {
      screens: [{ picture: 0, crc: '0', ms: 1 }],
      pictures: ['x'.repeat(pngChars)],
      leftOut: isLost ? [{ part: 'picture', reason: 'media-unreachable' }] : [],
      words: [],
    };
  };
  const room = new PreviewRoom({ painter: { paint, close: async () => {} }, pictures });
  const ask = (text: string, sha256?: string) => {
    const picture = sha256 && { picture: { type: 'picture' as const, sha256, bytes: 64 } };
    return room.paint({ face, page: Page.parse({ text, ...picture }), band: 40 }, 'somchai');
  };
  return { jobs, kept, scratch, pictures, ask };
}

test('the same page for the same sign is painted once', async () => {
  const { jobs, ask } = roomOf();
  const [first, second] = await Promise.all([ask('น้ำ'), ask('น้ำ')]);
  expect(await ask('น้ำ')).toBe(first);
  expect(second).toBe(first);
  await ask('ไฟ');
  expect(jobs.map(({ page }) => page.text)).toEqual(['น้ำ', 'ไฟ']);
});

test('a picture is brought to a file once while somebody types beside it, and is gone with the server', async () => {
  const { jobs, scratch, pictures, ask } = roomOf();
  for (const text of ['น้', 'น้ำ', 'น้ำท่วม']) await ask(text, POSTER);
  expect(new Set(jobs.map(({ picture }) => picture))).toEqual(new Set(['/scratch/1']));
  await pictures.close();
  expect(scratch.size).toBe(0);
});

test('pictures that nobody uses any more do not pile up', async () => {
  const { kept, scratch, ask } = roomOf();
  for (let n = 0; n < 100; n++) {
    const sha256 = n.toString(16).padStart(64, '0');
    kept.add(sha256);
    await ask('น้ำ', sha256);
  }
  expect(scratch.size).toBe(32);
});

test('a picture that is being painted stays, however many come meanwhile', async () => {
  const { kept, scratch, pictures } = roomOf();
  let done: () => void = () => {};
  const path = new Promise<string | undefined>((told) => {
    void pictures.lend(POSTER, async (lent) => {
      told(lent);
      await new Promise<void>((resolve) => {
        done = resolve;
      });
    });
  });
  const used = await path;
  for (let n = 0; n < 40; n++) {
    const sha256 = n.toString(16).padStart(64, '0');
    kept.add(sha256);
    await pictures.lend(sha256, async () => undefined);
  }
  expect(scratch.get(used ?? '')).toBe(POSTER);
  done();
});

test('a picture that the library has lost is told as left out, until it is back', async () => {
  const { kept, ask } = roomOf();
  expect((await ask('น้ำ', LOST)).leftOut).toEqual([{ part: 'picture', reason: 'media-unreachable' }]);
  kept.add(LOST);
  expect((await ask('น้ำ', LOST)).leftOut).toEqual([]);
});

test('a picture that ends the painter is left out, as a hall leaves it out', async () => {
  const { jobs, ask } = roomOf();
  const { leftOut, screens } = await ask('น้ำ', BOMB);
  expect(leftOut).toEqual([{ part: 'picture', reason: 'painter-failed' }]);
  expect(screens).toHaveLength(1);
  expect(jobs.map(({ page }) => page.picture?.sha256)).toEqual([BOMB, undefined]);
});

test('pages kept are bounded in bytes, the one used longest ago goes first', async () => {
  const { jobs, ask } = roomOf(PREVIEW_CACHE.bytes / 4);
  for (const text of ['ก', 'ข', 'ค']) await ask(text);
  await ask('ก');
  await ask('ง');
  jobs.length = 0;
  for (const text of ['ก', 'ง', 'ข']) await ask(text);
  expect(jobs.map(({ page }) => page.text)).toEqual(['ข']);
});

test('a page that could not be painted is tried again', async () => {
  const { jobs } = roomOf();
  let fails = true;
  const paint = async (job: PreviewJob): Promise<PreviewedPage> => {
    jobs.push(job);
    if (fails) throw new ServerError('preview-failed');
    return { screens: [], pictures: [], leftOut: [], words: [] };
  };
  const pictures = { lend: async () => Promise.reject(new Error('there is none')) };
  const room = new PreviewRoom({ painter: { paint, close: async () => {} }, pictures });
  const asked = { face, page: Page.parse({ text: 'น้ำ' }), band: 40 as const };
  await expect(room.paint(asked, 'somchai')).rejects.toMatchObject({ code: 'preview-failed' });
  fails = false;
  await room.paint(asked, 'somchai');
  expect(jobs).toHaveLength(2);
});
