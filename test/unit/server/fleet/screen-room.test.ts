import { expect, test } from 'vitest';
import type { Screen } from '../../../../firmware-protocol/mqtt/sign-screen.ts';
import { ServerError } from '../../../../server/errors.ts';
import { SCREEN_LIMITS, ScreenRoom } from '../../../../server/fleet/screen-room.ts';
import { HandClock, settled } from '../hand-clock.ts';

const MAE = { device: 'hall-mae', village: '43010101' };
const PNG = 'iVBORw0KGgo=';
const screenOf = (picture: string, more: Partial<Screen> = {}): Screen => ({
  face: { width: 128, height: 64, depth: 'rgb565', marquee: false },
  ...{ known: 'confirmed', since: '2026-11-13T18:00:00.000+07:00', crc: '00c0ffee', of: { type: 'idle' } },
  ...{ picture, png: PNG, unknown: [] },
  ...more,
});
const RUNNING = {
  ...{ x: 0, y: 0, width: 128, columns: 500, height: 64, pixels_per_second: 60, gap_columns: 128 },
  moved: 1,
};

function roomOf() {
  const clock = new HandClock();
  const asked: object[] = [];
  const halls = { answer: async (): Promise<unknown> => screenOf('a') };
  const ask = async (hall: { device: string }, _what: string, body: object) => {
    asked.push({ ...body, device: hall.device });
    return halls.answer();
  };
  return { clock, asked, halls, room: new ScreenRoom({ halls: { ask }, clock }) };
}

test('all who ask while the hall is asked, and in the seconds after, get one answer', async () => {
  const { clock, asked, room } = roomOf();
  const [first, second] = await Promise.all([room.of(MAE), room.of(MAE)]);
  expect(second).toBe(first);
  expect(first?.heardAt).toBe(clock.wall());
  await clock.advance(SCREEN_LIMITS.keep_ms - 1);
  expect(await room.of(MAE)).toBe(first);
  expect(asked).toHaveLength(1);
  await clock.advance(1);
  await room.of(MAE);
  expect(asked).toHaveLength(2);
});

test('a slow answer is fresh when it comes, not when it was asked for', async () => {
  const { clock, asked, halls, room } = roomOf();
  let come: (screen: Screen) => void = () => {};
  halls.answer = () =>
    new Promise((resolve) => {
      come = resolve;
    });
  const told = room.of(MAE);
  await clock.advance(SCREEN_LIMITS.keep_ms * 2);
  come(screenOf('a'));
  await told;
  await room.of(MAE);
  expect(asked).toHaveLength(1);
});

test('a hall that is silent is not asked again at once either', async () => {
  const { asked, halls, room } = roomOf();
  halls.answer = async () => {
    throw new ServerError('hall-silent');
  };
  await expect(room.of(MAE)).rejects.toMatchObject({ code: 'hall-silent' });
  await expect(room.of(MAE)).rejects.toMatchObject({ code: 'hall-silent' });
  expect(asked).toHaveLength(1);
});

test('a hall that another server asked a moment ago is asked once more, after its pause', async () => {
  const { clock, asked, halls, room } = roomOf();
  const lately = () => {
    throw new ServerError('hall-asked-lately');
  };
  halls.answer = async () => lately();
  const told = room.of(MAE);
  await settled();
  await clock.advance(SCREEN_LIMITS.again_ms - 1);
  expect(asked).toHaveLength(1);
  halls.answer = async () => screenOf('a');
  await clock.advance(1);
  expect((await told).screen.picture).toBe('a');
  expect(asked).toHaveLength(2);
});

test('the hall need not send again what is here', async () => {
  const { clock, asked, halls, room } = roomOf();
  halls.answer = async () => screenOf('a', { running: { ...RUNNING, png: PNG } });
  await room.of(MAE);
  await clock.advance(SCREEN_LIMITS.keep_ms);
  const { png: _, ...bare } = screenOf('a', { since: '2026-11-13T18:30:00.000+07:00', running: RUNNING });
  halls.answer = async () => bare;
  const { screen } = await room.of(MAE);
  expect(asked).toEqual([{ device: 'hall-mae' }, { device: 'hall-mae', have: 'a' }]);
  expect(screen).toMatchObject({ since: bare.since, png: PNG, running: { png: PNG } });

  // It leaves out what was never here.
  await clock.advance(SCREEN_LIMITS.keep_ms);
  halls.answer = async () => ({ ...bare, picture: 'b' });
  await expect(room.of(MAE)).rejects.toMatchObject({ code: 'hall-unreadable' });
});

test('what is no picture is told as that', async () => {
  const { halls, room } = roomOf();
  halls.answer = async () => screenOf('a', { png: Buffer.from('<svg/>').toString('base64') });
  await expect(room.of(MAE)).rejects.toMatchObject({ code: 'hall-unreadable' });
});

test('pictures kept are bounded; of the oldest the hall is asked anew', async () => {
  const { clock, asked, halls, room } = roomOf();
  const large = `${PNG.slice(0, 11)}${'A'.repeat(200_001)}`;
  halls.answer = async () => screenOf('a', { png: large });
  for (let n = 0; n < 100; n++) await room.of({ ...MAE, device: `hall-${n}` });
  await clock.advance(SCREEN_LIMITS.keep_ms);
  asked.length = 0;
  await room.of({ ...MAE, device: 'hall-0' });
  await room.of({ ...MAE, device: 'hall-99' });
  expect(asked).toEqual([{ device: 'hall-0' }, { device: 'hall-99', have: 'a' }]);
});
