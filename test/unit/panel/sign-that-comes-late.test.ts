import { beforeEach, describe, expect, it } from 'vitest';
import { panelUnit } from '../../../device/agent/panel-unit.ts';
import { DeviceError } from '../../../device/errors.ts';
import { Warnings } from '../../../device/health/warnings.ts';
import { noLaws } from '../../../device/laws/no-laws.ts';
import { TrustedClock } from '../../../device/time/trusted-clock.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { PaperPainter, PaperPanel } from './stage.ts';

/** A board says hello some seconds after the box: it is on its way, and nobody drives to the village for it. */

const GONE = new DeviceError('panel-gone', { reason: 'not tried yet' });

let clock: VirtualClock;
let told: string[];
let why: DeviceError | undefined;
let tell: () => void;

beforeEach(() => {
  clock = new VirtualClock();
  told = [];
  why = GONE;
  const painter = new PaperPainter();
  const warnings = new Warnings(({ code, raised }) => void told.push(`${raised ? '+' : '-'}${code}`));
  const sign = {
    panel: new PaperPanel(clock, (bitmap) => painter.wordsOf(bitmap)),
    whyNot: () => why,
    onChange(call: () => void) {
      tell = call;
      return () => {};
    },
  };
  const unit = panelUnit(
    {
      ...{ sign, painter, place: 'บ้านโนนสว่าง', fallback: undefined },
      brightness: { ceiling: 100, hours: [{ minute: 0, level: 80 }], sensor: false },
    },
    {
      ...{ clock: new TrustedClock(clock, 0), warnings, log: silentLog, changed: () => {} },
      media: { ensure: async () => 'nothing is fetched here' },
      laws: noLaws(clock),
    },
  );
  unit.start?.();
  unit.look?.();
});

/** Another reason, or none any more. */
function now(reason: DeviceError | undefined): void {
  why = reason;
  tell();
}

describe('a sign that was not there yet', () => {
  it('is no warning when it comes within fifteen seconds', async () => {
    await clock.advance(3_000);
    now(new DeviceError('panel-silent', {}));
    await clock.advance(9_000);
    now(undefined);
    await clock.advance(60_000);
    expect(told).toEqual([]);
  });

  it('is one when it does not, and none any more when it comes', async () => {
    await clock.advance(14_900);
    expect(told).toEqual([]);
    await clock.advance(200);
    expect(told).toEqual(['+panel-gone']);
    now(undefined);
    expect(told).toEqual(['+panel-gone', '-panel-gone']);
  });

  it('is told at once when it speaks another language: waiting does not help', async () => {
    await clock.advance(2_000);
    now(new DeviceError('panel-version', {}));
    expect(told).toEqual(['+panel-version']);
  });
});

it('a sign that was there and goes is a warning at once', async () => {
  await clock.advance(2_000);
  now(undefined);
  await clock.advance(2_000);
  now(GONE);
  expect(told).toEqual(['+panel-gone']);
});
