import { expect, test } from 'vitest';
import { rotated } from '../../../../device/panel/geometry/rotation.ts';
import { TurnedPanel } from '../../../../device/panel/geometry/turned-panel.ts';
import type { Bitmap, Marquee, Panel, PanelAbilities } from '../../../../device/sign-ports.ts';

const ABILITIES: PanelAbilities = {
  pixels: true,
  depth: 'rgb565',
  readsBack: true,
  whole: true,
  marquee: true,
  brightness: true,
  fallback: true,
  measures: ['temperatureC'],
};

/** A sign of 3 x 2 that keeps what it is given. */
class KeepingPanel implements Panel {
  readonly width = 3;
  readonly height = 2;
  readonly pages: Bitmap[] = [];
  readonly done: string[] = [];

  abilities = () => ABILITIES;

  async show(page: Bitmap, marquee?: Marquee) {
    this.pages.push(page);
    this.done.push(marquee === undefined ? 'show' : 'show with marquee');
    return { crc: '00000000' };
  }
  async blank() {
    this.done.push('blank');
  }
  async setBrightness(level: number) {
    this.done.push(`brightness ${level}`);
  }
  async keepFallback(page: Bitmap, afterSeconds: number) {
    this.pages.push(page);
    this.done.push(`fallback after ${afterSeconds}`);
  }
  async measure() {
    return { temperatureC: 41 };
  }
  async check() {
    return 'stands' as const;
  }
}

/** Letters as lamps, one grey each. */
function bitmapOf(...rows: string[]): Bitmap {
  const rgb = Uint8Array.from(
    rows
      .join('')
      .split('')
      .flatMap((letter) => Array(3).fill(letter.charCodeAt(0))),
  );
  return { width: rows[0]?.length ?? 0, height: rows.length, rgb };
}

test('a picture turned clockwise', () => {
  const picture = bitmapOf('abc', 'def');
  expect(rotated(picture, 0)).toEqual(picture);
  expect(rotated(picture, 1)).toEqual(bitmapOf('da', 'eb', 'fc'));
  expect(rotated(picture, 2)).toEqual(bitmapOf('fed', 'cba'));
  expect(rotated(picture, 3)).toEqual(bitmapOf('cf', 'be', 'ad'));
});

test('the street sees the page upright, on whatever side the sign hangs', async () => {
  for (const turns of [0, 1, 2, 3] as const) {
    const sign = new KeepingPanel();
    const panel = new TurnedPanel(sign, turns);
    const page = turns % 2 === 0 ? bitmapOf('abc', 'def') : bitmapOf('ab', 'cd', 'ef');
    expect([panel.width, panel.height]).toEqual([page.width, page.height]);
    await panel.show(page);
    await panel.keepFallback(page, 60);
    // The sign shows what it was given along its own rows; hanging turned, the street sees that turned.
    expect(sign.pages.map((given) => rotated(given, turns))).toEqual([page, page]);
    expect(sign.done).toEqual(['show', 'fallback after 60']);
  }
});

test('a turned sign has no marquee, an upright one keeps its own', async () => {
  const marquee = { strip: bitmapOf('ab', 'cd'), x: 0, y: 0, width: 3, pixelsPerSecond: 30, gapColumns: 4 };
  const sign = new KeepingPanel();
  const upright = new TurnedPanel(sign, 0);
  expect(upright.abilities().marquee).toBe(true);
  await upright.show(bitmapOf('abc', 'def'), marquee);

  const turned = new TurnedPanel(sign, 2);
  expect(turned.abilities()).toEqual({ ...ABILITIES, marquee: false });
  await expect(turned.show(bitmapOf('abc', 'def'), marquee)).rejects.toMatchObject({ code: 'panel-cannot' });
  expect(sign.done).toEqual(['show with marquee']);
});

test('all else goes straight to the sign', async () => {
  const sign = new KeepingPanel();
  const panel = new TurnedPanel(sign, 1);
  await panel.blank();
  await panel.setBrightness(77);
  expect(await panel.measure()).toEqual({ temperatureC: 41 });
  expect(sign.done).toEqual(['blank', 'brightness 77']);
});
