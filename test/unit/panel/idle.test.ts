import { expect, test } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { IDLE_TIMES } from '../../../device/panel/idle.ts';
import { panelPlay, panelStage } from './stage.ts';

/** The stage's clock begins at 08.00 in Thailand. */
const words = (stage: ReturnType<typeof panelStage>) => stage.panel.shown.map((page) => page.words);

test('the time and the village, anew each minute on the minute', async () => {
  const stage = panelStage();
  stage.idle.start();
  await stage.clock.advance(125_000);
  expect(words(stage)).toEqual(['08.00 น. บ้านเรา', '08.01 น. บ้านเรา', '08.02 น. บ้านเรา']);
  expect(stage.panel.shown.map(({ at }) => at)).toEqual([0, 60_000, 120_000]);
});

test('the day is given in the Buddhist era', async () => {
  const stage = panelStage();
  stage.idle.start();
  await stage.clock.advance(1_000);
  expect(stage.painter.asked[0]?.content).toMatchObject({
    dates: expect.arrayContaining(['ศ. 13 พ.ย. 2569']),
  });
});

test('minutes are painted in runs, so that the painter sleeps between them', async () => {
  const stage = panelStage();
  stage.idle.start();
  await stage.clock.advance(1_000);
  const first = stage.painter.asked.length;
  await stage.clock.advance((IDLE_TIMES.aheadMinutes - 1) * 60_000);
  expect(first).toBe(1 + IDLE_TIMES.aheadMinutes);
  expect(stage.painter.asked.length).toBe(first);
  expect(stage.panel.shown).toHaveLength(IDLE_TIMES.aheadMinutes);
});

test('while the clock is not trusted no time is shown', async () => {
  const stage = panelStage();
  stage.world.isTimeKnown = false;
  stage.idle.start();
  await stage.clock.advance(90_000);
  expect(words(stage)).toEqual(['บ้านเรา']);
  stage.world.isTimeKnown = true;
  await stage.clock.advance(IDLE_TIMES.lookMs);
  expect(words(stage).at(-1)).toBe('08.01 น. บ้านเรา');
});

test('a clock that is set is followed within seconds', async () => {
  const stage = panelStage();
  stage.idle.start();
  await stage.clock.advance(2_000);
  stage.clock.stepWall(-3_600_000);
  await stage.clock.advance(IDLE_TIMES.lookMs);
  expect(words(stage).at(-1)).toBe('07.00 น. บ้านเรา');
});

test('a play takes the sign whole, and gives it back soon after', async () => {
  const stage = panelStage();
  stage.idle.start();
  await stage.clock.advance(50_000);
  const performance = await stage.performer.prepare(
    panelPlay([{ text: 'ก', seconds: 30 }]),
    undefined,
    new AbortController().signal,
  );
  const ended = performance.perform(new AbortController().signal);
  await stage.clock.advance(30_000);
  expect(words(stage).at(-1)).toBe('ก');
  await ended;
  await stage.clock.advance(IDLE_TIMES.afterPlayMs);
  expect(words(stage).at(-1)).toBe('08.01 น. บ้านเรา');
});

test('between two plays that follow at once the clock does not flash', async () => {
  const stage = panelStage();
  stage.idle.start();
  await stage.clock.advance(1_000);
  const before = stage.panel.shown.length;
  for (const text of ['ก', 'ข']) {
    const performance = await stage.performer.prepare(
      panelPlay([{ text }]),
      undefined,
      new AbortController().signal,
    );
    const ended = performance.perform(new AbortController().signal);
    await stage.clock.advance(10_000);
    await ended;
  }
  expect(words(stage).slice(before)).toEqual(['ก', 'ข']);
});

test('a sign that was away shows the time again when it is back; trouble is told once', async () => {
  const stage = panelStage();
  stage.panel.fault = new DeviceError('panel-gone');
  stage.idle.start();
  await stage.clock.advance(20_000);
  expect(stage.said).toEqual(['the sign does not show the idle page']);
  stage.panel.fault = undefined;
  await stage.clock.advance(IDLE_TIMES.lookMs);
  expect(words(stage)).toEqual(['08.00 น. บ้านเรา']);
  expect(stage.said.at(-1)).toBe('the sign shows the idle page again');
});

test('stopped, it shows nothing more', async () => {
  const stage = panelStage();
  stage.idle.start();
  await stage.clock.advance(1_000);
  stage.idle.stop();
  await stage.clock.advance(600_000);
  expect(stage.panel.shown).toHaveLength(1);
});

test('stopped during a play, it stays away after it', async () => {
  const stage = panelStage();
  stage.idle.start();
  const performance = await stage.performer.prepare(
    panelPlay([{ text: 'ก' }]),
    undefined,
    new AbortController().signal,
  );
  const ended = performance.perform(new AbortController().signal);
  stage.idle.stop();
  await stage.clock.advance(60_000);
  await ended;
  expect(words(stage)).toEqual(['ก']);
});

test('a play that comes just as the page is there does not stay on the sign after its end', async () => {
  const stage = panelStage();
  const show = stage.panel.show.bind(stage.panel);
  stage.panel.show = async (page) => {
    const shown = await show(page);
    queueMicrotask(() => queueMicrotask(() => stage.idle.hold()));
    return shown;
  };
  stage.idle.start();
  await stage.clock.advance(1_000);
  stage.panel.show = show;
  expect(words(stage)).toHaveLength(1);
  stage.idle.release();
  await stage.clock.advance(IDLE_TIMES.afterPlayMs);
  expect(words(stage)).toHaveLength(2);
});

test('a board that came back is shown the page again within seconds', async () => {
  const stage = panelStage();
  stage.idle.start();
  await stage.clock.advance(1_000);
  stage.idle.refresh();
  await stage.clock.advance(IDLE_TIMES.lookMs);
  expect(words(stage)).toEqual(['08.00 น. บ้านเรา', '08.00 น. บ้านเรา']);
});
