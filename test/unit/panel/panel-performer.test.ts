import { expect, test } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import type { Mark, Performed } from '../../../device/playout/play.ts';
import { settled } from '../../../scripts/virtual-world/virtual-clock.ts';
import { panelPlay, panelStage } from './stage.ts';

const never = new AbortController().signal;

/** Performs on a virtual clock; `during` acts while it runs. */
async function perform(
  stage: ReturnType<typeof panelStage>,
  play = panelPlay([{ text: 'หนึ่ง' }]),
  { from, cutAfterMs, at }: { from?: Mark; cutAfterMs?: number; at?: number } = {},
): Promise<Performed & { tookMs: number }> {
  const performance = await stage.performer.prepare(play, from, never);
  const cut = new AbortController();
  const began = stage.clock.monotonic();
  const ended = performance
    .perform(cut.signal, at)
    .then((performed) => ({ ...performed, tookMs: stage.clock.monotonic() - began }));
  if (cutAfterMs !== undefined) stage.clock.after(cutAfterMs, () => cut.abort('stopped'));
  await stage.clock.advance(10 * 60_000);
  return ended;
}

const words = (stage: ReturnType<typeof panelStage>) =>
  stage.panel.shown.map((page) => page.words).filter((each) => !each.endsWith('บ้านเรา'));

test('pages are shown in turn, each for its seconds, as often as asked', async () => {
  const stage = panelStage();
  const play = panelPlay(
    [
      { text: 'ก', seconds: 4 },
      { text: 'ข', seconds: 6 },
    ],
    2,
  );
  const performed = await perform(stage, play);
  expect(words(stage)).toEqual(['ก', 'ข', 'ก', 'ข']);
  expect(stage.panel.shown.slice(0, 4).map(({ at }) => at)).toEqual([0, 4_000, 10_000, 14_000]);
  expect(performed).toEqual({
    end: 'finished',
    mark: { done: 4 },
    firstAt: 0,
    panel: { pages: 4, crc: '00000004', board_crc: '00000004', ms: 20_000 },
    tookMs: 20_000,
  });
});

test('a page of several screens is one page in the evidence', async () => {
  const stage = panelStage();
  const performed = await perform(stage, panelPlay([{ text: 'ก ข ค', seconds: 9 }]));
  expect(words(stage)).toEqual(['ก', 'ข', 'ค']);
  expect(performed.panel).toMatchObject({ pages: 1, ms: 9_000 });
});

test('it tells how long it may take on a slow line', async () => {
  const stage = panelStage();
  const performance = await stage.performer.prepare(panelPlay([{ text: 'ก ข' }], 3), undefined, never);
  expect(performance.lengthMs).toBe(30_000 + 6 * 6_000);
});

test('a cut ends it at once, in the middle of a page', async () => {
  const stage = panelStage();
  const play = panelPlay([{ text: 'ก' }, { text: 'ข' }, { text: 'ค' }]);
  const performed = await perform(stage, play, { cutAfterMs: 12_345 });
  expect(performed).toMatchObject({
    end: 'cut',
    tookMs: 12_345,
    mark: { done: 1 },
    panel: { pages: 2, ms: 12_345 },
  });
});

test('it goes on after the last page that was shown whole', async () => {
  const stage = panelStage();
  const play = panelPlay([{ text: 'ก' }, { text: 'ข' }], 2);
  const performed = await perform(stage, play, { from: { done: 3 } });
  expect(words(stage)).toEqual(['ข']);
  expect(performed).toMatchObject({ end: 'finished', mark: { done: 4 }, panel: { pages: 1 } });
});

test('a cut does not wait for a page on a slow line', async () => {
  const stage = panelStage();
  stage.panel.lineMs = 3_000;
  const performed = await perform(stage, panelPlay([{ text: 'ก' }]), { cutAfterMs: 500 });
  expect(performed).toEqual({ end: 'cut', mark: { done: 0 }, tookMs: 500 });
});

test('the first page is shown at its instant', async () => {
  const stage = panelStage();
  await perform(stage, panelPlay([{ text: 'ก' }]), { at: 700 });
  expect(stage.panel.shown[0]).toMatchObject({ words: 'ก', at: 700 });
});

test.each(['panel-gone', 'panel-silent', 'panel-refused'] as const)(
  'a sign that fails ends it: %s',
  async (code) => {
    const stage = panelStage();
    const play = panelPlay([{ text: 'ก' }, { text: 'ข' }]);
    stage.clock.after(5_000, () => {
      stage.panel.fault = new DeviceError(code);
    });
    const performed = await perform(stage, play);
    expect(performed).toMatchObject({ end: 'failed', reason: code, mark: { done: 1 }, panel: { pages: 1 } });
  },
);

test('text that cannot be painted is found out before the play is due', async () => {
  const stage = panelStage();
  stage.painter.fault = new DeviceError('painter-failed');
  await expect(stage.performer.prepare(panelPlay([{ text: 'ก' }]), undefined, never)).rejects.toMatchObject({
    code: 'painter-failed',
  });
});

test('preparing is given up by the signal', async () => {
  const stage = panelStage();
  stage.painter.paint = () => new Promise(() => undefined);
  const cut = new AbortController();
  const preparing = stage.performer.prepare(panelPlay([{ text: 'ก' }]), undefined, cut.signal);
  cut.abort(new Error('given up'));
  await expect(preparing).rejects.toThrow('given up');
  await settled();
});
