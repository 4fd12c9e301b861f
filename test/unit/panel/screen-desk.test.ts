import { expect, test } from 'vitest';
import { SCREEN_TIMES, ScreenDesk } from '../../../device/agent/screen-desk.ts';
import { TOPICS } from '../../../firmware-protocol/mqtt/catalogue.ts';
import type { Screen } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';

const FACE = { width: 128, height: 64, depth: 'rgb565' as const, marquee: true };
const SCREEN: Screen = {
  ...{ face: FACE, known: 'sent', since: '2026-11-13T18:00:00.000+07:00', crc: '00c0ffee' },
  ...{ of: { type: 'idle' }, picture: 'a', png: 'iVBORw0KGgo=', unknown: ['moment'] },
};

function deskOf(screen: Screen | undefined) {
  const clock = new VirtualClock();
  const asked: (string | undefined)[] = [];
  const view = {
    face: FACE,
    screen: (have: string | undefined) => {
      asked.push(have);
      return screen;
    },
  };
  return { clock, asked, desk: new ScreenDesk([{}, { view }], clock) };
}

const pngOf = (bytes: number) => `iVBORw0KGgo${'A'.repeat(bytes)}`;
const runningWith = (png: string) => ({
  ...{ x: 0, y: 0, width: 128, columns: 9_000, height: 64 },
  ...{ pixels_per_second: 60, gap_columns: 128, moved: 5, png },
});

test('the view is told what the asker has; the next picture is two seconds later', async () => {
  const { desk, clock, asked } = deskOf(SCREEN);
  expect(desk.answer({ have: 'a', transaction: 1 })).toEqual({ data: SCREEN });
  await clock.advance(SCREEN_TIMES.apartMs - 1);
  expect(desk.answer({})).toMatchObject({ error: { code: 'too-soon' } });
  await clock.advance(1);
  expect(desk.answer({ have: 7 })).toEqual({ data: SCREEN });
  expect(asked).toEqual(['a', undefined]);
});

test('a sign that has shown nothing yet may be asked again at once', () => {
  const { desk } = deskOf(undefined);
  for (let time = 0; time < 2; time++)
    expect(desk.answer({})).toMatchObject({
      error: { code: 'nothing-shown', th: expect.stringContaining('ป้าย') },
    });
});

test('a strip that is too large for a message is left out, and that is said', () => {
  const { desk } = deskOf({ ...SCREEN, running: runningWith(pngOf(TOPICS.deviceResponse.maxBytes)) });
  const told = desk.answer({});
  expect(told).toMatchObject({ data: { png: SCREEN.png, unknown: ['moment', 'strip'] } });
  expect('data' in told && told.data.running).toEqual({ ...runningWith(''), png: undefined });
});

test('a picture that is too large for a message is refused', () => {
  const { desk } = deskOf({ ...SCREEN, png: pngOf(TOPICS.deviceResponse.maxBytes) });
  expect(desk.answer({})).toMatchObject({ error: { code: 'screen-too-large' } });
});
