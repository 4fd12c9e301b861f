import { expect, test } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import type { PanelEvidence } from '../../../firmware-protocol/content/report.ts';
import { panelPlay, panelStage } from './stage.ts';

const picture = { type: 'picture' as const, sha256: 'ab'.repeat(32), bytes: 20_000 };
const page = { text: 'น้ำท่วม', picture, qr: 'tel:1784' };
const never = new AbortController().signal;

type Stage = ReturnType<typeof panelStage>;

/** Performs on the virtual clock; resolves to when the first page was shown, and the evidence. */
async function performed(
  stage: Stage,
  play = panelPlay([page]),
): Promise<{ at?: number; panel?: PanelEvidence }> {
  const shown = stage.performer
    .prepare(play, undefined, never)
    .then((performance) => performance.perform(never))
    .then(({ firstAt, panel }) => ({
      ...(firstAt !== undefined && { at: firstAt }),
      ...(panel && { panel }),
    }));
  await stage.clock.advance(10 * 60_000);
  return shown;
}

/** What the painter was asked to draw beside the words, each time. */
const asked = ({ painter }: Stage) =>
  painter.asked.flatMap(({ content }) =>
    content.type === 'page' ? [{ picture: content.picture, qr: content.page.qr }] : [],
  );

test('the verified file is painted, and nothing is said to be missing', async () => {
  const stage = panelStage();
  const { panel } = await performed(stage);
  expect(asked(stage)).toEqual([{ picture: `/media/${picture.sha256}`, qr: 'tel:1784' }]);
  expect(panel).not.toHaveProperty('left_out');
});

test('a picture that does not come in time: the words are shown without it, and the report says so', async () => {
  const stage = panelStage();
  stage.pictures.comesAfterMs.set(picture.sha256, 60_000);
  const { at, panel } = await performed(stage, panelPlay([{ text: 'ก' }, page]));
  expect(at).toBe(20_000);
  expect(asked(stage)).toEqual([
    { picture: undefined, qr: undefined },
    { picture: undefined, qr: 'tel:1784' },
  ]);
  expect(panel?.left_out).toEqual([{ page: 2, part: 'picture', reason: 'media-unreachable' }]);
});

test('an alert waits a second for its picture, not longer', async () => {
  const stage = panelStage();
  stage.pictures.comesAfterMs.set(picture.sha256, 60_000);
  const { at } = await performed(stage, { ...panelPlay([page]), band: 90 });
  expect(at).toBe(1_000);
});

test('a picture on the way that comes in time is waited for', async () => {
  const stage = panelStage();
  stage.pictures.comesAfterMs.set(picture.sha256, 5_000);
  const { at, panel } = await performed(stage);
  expect(at).toBe(5_000);
  expect(panel).not.toHaveProperty('left_out');
});

test('a file that is not what the order named is not painted', async () => {
  const stage = panelStage();
  stage.pictures.faults.set(picture.sha256, new DeviceError('media-corrupt'));
  const { panel } = await performed(stage);
  expect(panel?.left_out).toEqual([{ page: 1, part: 'picture', reason: 'media-corrupt' }]);
});

test('a picture that cannot be decoded and a code too large for the sign: only the words are left', async () => {
  const stage = panelStage();
  stage.painter.refuses = ({ content }) => {
    if (content.type === 'idle') return undefined;
    if (content.picture !== undefined) return new DeviceError('picture-undecodable', { why: 'cut' });
    return content.page.qr === undefined
      ? undefined
      : new DeviceError('qr-unfit', { why: '29 x 29 > 64 x 24' });
  };
  const { panel } = await performed(stage);
  expect(asked(stage)).toEqual([
    { picture: `/media/${picture.sha256}`, qr: 'tel:1784' },
    { picture: undefined, qr: 'tel:1784' },
    { picture: undefined, qr: undefined },
  ]);
  expect(panel).toMatchObject({
    pages: 1,
    left_out: [
      { page: 1, part: 'picture', reason: 'picture-undecodable' },
      { page: 1, part: 'qr', reason: 'qr-unfit' },
    ],
  });
});

test('a picture that ends the painter: the words get a painter of their own', async () => {
  const stage = panelStage();
  stage.painter.refuses = ({ content }) =>
    content.type === 'page' && content.picture !== undefined
      ? new DeviceError('painter-failed', { reason: 'ended with SIGSEGV' })
      : undefined;
  const { panel } = await performed(stage);
  expect(panel?.left_out).toEqual([{ page: 1, part: 'picture', reason: 'painter-failed' }]);
  expect(panel?.pages).toBe(1);
});

test('the pictures of all pages are waited for together, not one after the other', async () => {
  const stage = panelStage();
  const other = { ...picture, sha256: 'cd'.repeat(32) };
  for (const { sha256 } of [picture, other]) stage.pictures.comesAfterMs.set(sha256, 60_000);
  const { at, panel } = await performed(stage, panelPlay([page, { text: 'ก', picture: other }]));
  expect(at).toBe(20_000);
  expect(panel?.left_out?.map(({ page: number }) => number)).toEqual([1, 2]);
});

test('a painter that fails at the words themselves is a failure, as before', async () => {
  const stage = panelStage();
  stage.painter.fault = new DeviceError('painter-failed', { reason: 'deadline' });
  await expect(stage.performer.prepare(panelPlay([{ text: 'ก' }]), undefined, never)).rejects.toMatchObject({
    code: 'painter-failed',
  });
});

test('a cut while the picture is on its way ends the waiting', async () => {
  const stage = panelStage();
  stage.pictures.comesAfterMs.set(picture.sha256, 60_000);
  const cut = new AbortController();
  const prepared = stage.performer.prepare(panelPlay([page]), undefined, cut.signal).then(
    () => 'prepared',
    () => 'given up',
  );
  cut.abort('stopped');
  expect(await prepared).toBe('given up');
});
