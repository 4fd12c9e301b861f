import { expect, test } from 'vitest';
import { IDLE_TIMES } from '../../../device/panel/idle.ts';
import { BANDS } from '../../../firmware-protocol/content/band.ts';
import { panelPlay, panelStage } from './stage.ts';

const never = new AbortController().signal;

/** What the sign was given, a star behind what runs. */
const words = ({ panel }: ReturnType<typeof panelStage>) =>
  panel.shown.map(({ words, runs }) => (runs ? `${words}*` : words));

test('a screen with a strip is shown with it, the next one without ends it', async () => {
  const stage = panelStage();
  stage.painter.runs.add('ข');
  const performance = await stage.performer.prepare(
    panelPlay([{ text: 'ก ข ค', seconds: 9 }]),
    undefined,
    never,
  );
  const performed = performance.perform(never);
  await stage.clock.advance(9_000);
  expect(await performed).toMatchObject({ end: 'finished' });
  expect(words(stage)).toEqual(['ก', 'ข*', 'ค']);
});

test('cut while it runs, the idle page takes its place', async () => {
  const stage = panelStage();
  stage.painter.runs.add('ข');
  stage.idle.start();
  await stage.clock.advance(1_000);
  const cut = new AbortController();
  const performance = await stage.performer.prepare(
    panelPlay([{ text: 'ข', seconds: 60 }]),
    undefined,
    never,
  );
  const performed = performance.perform(cut.signal);
  await stage.clock.advance(1_000);
  cut.abort();
  await stage.clock.advance(IDLE_TIMES.afterPlayMs);
  expect(await performed).toMatchObject({ end: 'cut' });
  expect(words(stage)).toEqual(['08.00 น. บ้านเรา', 'ข*', '08.00 น. บ้านเรา']);
});

test('a name too long for the sign runs on the idle page', async () => {
  const stage = panelStage();
  stage.painter.runs.add('08.00 น. บ้านเรา');
  stage.idle.start();
  await stage.clock.advance(1_000);
  expect(words(stage)).toEqual(['08.00 น. บ้านเรา*']);
});

test.each([
  [BANDS.alert, true],
  [BANDS.urgent, false],
])('a page of band %i is as bright as it may be: %s', async (band, isBright) => {
  const stage = panelStage();
  const play = { ...panelPlay([{ text: 'ก' }]), band };
  const performed = (await stage.performer.prepare(play, undefined, never)).perform(never);
  await stage.clock.advance(1_000);
  expect(stage.world.isBright).toBe(isBright);
  await stage.clock.advance(10_000);
  await performed;
  expect(stage.world.isBright).toBe(false);
});
