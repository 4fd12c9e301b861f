import { expect, test } from 'vitest';
import { BrightnessConfig } from '../../../device/config/lamps.ts';
import { DeviceError } from '../../../device/errors.ts';
import type { BrightnessRule } from '../../../device/panel/brightness.ts';
import { KEEPER_TIMES, SignKeeper } from '../../../device/panel/sign-keeper.ts';
import type { Bitmap, PanelMeasures, Standing } from '../../../device/sign-ports.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { PaperPanel } from './stage.ts';

const FALLBACK: Bitmap = { width: 2, height: 1, rgb: new Uint8Array(6) };

/** A sign that can do everything, and writes down what it is told. */
class AblePanel extends PaperPanel {
  can = { brightness: true, fallback: true };
  measures: PanelMeasures = { temperatureC: 40, faultyModules: [] };
  standing: Standing | DeviceError = 'stands';
  readonly told: string[] = [];

  override abilities() {
    return { ...super.abilities(), ...this.can, measures: ['temperatureC' as const] };
  }

  override async setBrightness(level?: number) {
    if (this.fault !== undefined) throw this.fault;
    this.told.push(`brightness ${level}`);
  }

  override async keepFallback(page?: Bitmap, seconds?: number) {
    if (this.fault !== undefined) throw this.fault;
    this.told.push(`fallback ${page === FALLBACK} ${seconds}`);
  }

  override async measure() {
    if (this.fault !== undefined) throw this.fault;
    return this.measures;
  }

  override async check() {
    if (this.standing instanceof DeviceError) throw this.standing;
    return this.standing;
  }
}

function kept(brightness: BrightnessRule = BrightnessConfig.parse({})) {
  const clock = new VirtualClock();
  const panel = new AblePanel(clock, () => '');
  const world = { isTimeKnown: true };
  const stood: unknown[] = [];
  const measured: PanelMeasures[] = [];
  const said: string[] = [];
  const keeper = new SignKeeper({
    ...{ panel, clock, brightness },
    log: { info: () => {}, warn: ({ what }) => said.push(String(what)), error: () => {} },
    isTimeKnown: () => world.isTimeKnown,
    fallback: { seconds: 120, paint: async () => FALLBACK },
    measured: (measures) => measured.push(measures),
    stood: (standing) => stood.push(standing),
  });
  return { clock, panel, world, keeper, stood, measured, said };
}

/** The virtual clock begins at 08.00 in Thailand. */
const HOUR_MS = 3_600_000;

test('a day: brightness follows the table, in steps, and is told on change only', async () => {
  const { clock, panel, keeper } = kept();
  keeper.start();
  await clock.advance(1_000);
  expect(panel.told).toEqual(['brightness 255', 'fallback true 120']);
  await clock.advance(8 * HOUR_MS);
  expect(panel.told).toHaveLength(2);
  await clock.advance(16 * HOUR_MS);
  const levels = panel.told.filter((told) => told.startsWith('b')).map((told) => Number(told.split(' ')[1]));
  expect(Math.min(...levels)).toBeLessThanOrEqual(38 + 8);
  expect(levels.at(-1)).toBeGreaterThanOrEqual(247);
  const steps = levels.slice(1).map((level, index) => Math.abs(level - (levels[index] ?? 0)));
  expect(Math.max(...steps)).toBeLessThanOrEqual(32);
  expect(levels.length).toBeLessThan(70);
});

test('without time and sensor it is the middle; with the time, the table, half a minute a step', async () => {
  const { clock, panel, world, keeper } = kept();
  world.isTimeKnown = false;
  keeper.start();
  await clock.advance(1_000);
  expect(panel.told[0]).toBe('brightness 100');
  world.isTimeKnown = true;
  await clock.advance(2 * KEEPER_TIMES.lookMs);
  expect(panel.told.slice(2)).toEqual(['brightness 132', 'brightness 164']);
});

test('light and time: the light decides, and its loss is made good by the table', async () => {
  const { clock, panel, keeper } = kept();
  panel.measures = { lightLux: 0 };
  keeper.start();
  await clock.advance(1_000);
  expect(panel.told[0]).toBe('brightness 20');
  panel.measures = {};
  await clock.advance(10 * KEEPER_TIMES.lookMs);
  expect(panel.told.at(-1)).toBe('brightness 255');
});

test('an alert takes the ceiling at once, and leaves it in steps', async () => {
  const { clock, panel, keeper } = kept(
    BrightnessConfig.parse({ ceiling: 80, hours: { '00:00': 10 }, sensor: false }),
  );
  keeper.start();
  await clock.advance(1_000);
  const dim = keeper.brighten();
  await clock.advance(0);
  expect(panel.told.at(-1)).toBe('brightness 204');
  await clock.advance(KEEPER_TIMES.lookMs);
  expect(panel.told.at(-1)).toBe('brightness 204');
  dim();
  await clock.advance(KEEPER_TIMES.lookMs);
  expect(panel.told.at(-1)).toBe('brightness 172');
});

test('a sign that is away is told everything when it comes, at once', async () => {
  const { clock, panel, keeper, said } = kept();
  panel.fault = new DeviceError('panel-gone');
  keeper.start();
  await clock.advance(100_000);
  expect([panel.told, said]).toEqual([[], []]);
  panel.fault = undefined;
  keeper.cameBack();
  await clock.advance(0);
  keeper.cameBack();
  await clock.advance(0);
  expect(panel.told).toEqual(['brightness 255', 'fallback true 120', 'brightness 255', 'fallback true 120']);
});

test('what a sign cannot is not asked of it', async () => {
  const { clock, panel, keeper, said } = kept();
  panel.can = { brightness: false, fallback: false };
  keeper.start();
  keeper.brighten();
  await clock.advance(HOUR_MS);
  expect([panel.told, said]).toEqual([[], []]);
});

test('one thing that fails is said once, and keeps the others from nothing', async () => {
  const { clock, panel, keeper, said, stood } = kept();
  panel.fault = new DeviceError('panel-refused', { why: 'busy' });
  keeper.start();
  await clock.advance(3 * KEEPER_TIMES.lookMs);
  expect(said).toEqual(['measure', 'brightness', 'fallback']);
  expect(stood).toEqual(['stands', 'stands', 'stands', 'stands']);
});

test('how the page stood and what was measured is passed on; stopped, nothing more is', async () => {
  const { clock, panel, keeper, stood, measured } = kept();
  keeper.start();
  await clock.advance(1_000);
  panel.standing = new DeviceError('panel-refused', { crc: '00000001' });
  panel.measures = { temperatureC: 80 };
  await clock.advance(KEEPER_TIMES.lookMs);
  expect(stood).toEqual(['stands', panel.standing]);
  expect(measured.map(({ temperatureC }) => temperatureC)).toEqual([40, 80]);
  expect(keeper.known).toEqual({ level: 255, temperatureC: 80 });
  keeper.stop();
  await clock.advance(HOUR_MS);
  expect(stood).toHaveLength(2);
});
