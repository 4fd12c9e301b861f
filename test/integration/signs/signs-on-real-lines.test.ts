import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { SignConfig } from '../../../device/config/sign.ts';
import { openLine } from '../../../device/drivers/line/line.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { PngPanel } from '../../../device/drivers/pictures/png-panel.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { type OpenedSign, openSign } from '../../../device/signs/open-sign.ts';
import { type FarDevice, type Plug, plugIntoPty, plugIntoTcp } from '../../../scripts/virtual-board/plug.ts';
import { VirtualAlpha } from '../../../scripts/virtual-signs/virtual-alpha.ts';
import { VirtualNovastar } from '../../../scripts/virtual-signs/virtual-novastar.ts';
import { VirtualOnbon } from '../../../scripts/virtual-signs/virtual-onbon.ts';
import { VirtualWled } from '../../../scripts/virtual-signs/virtual-wled.ts';
import { lettersPage } from '../../contract/ports/panel-pages.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

/** Rows of 64 lamps, every second one backwards. */
const SERPENTINE = Array.from({ length: 64 * 32 }, (_unused, lamp) => {
  const row = Math.floor(lamp / 64);
  return row * 64 + (row % 2 === 0 ? lamp % 64 : 63 - (lamp % 64));
});
const geometry = { module: { width: 64, height: 32 }, lamps: { serpentine: true } };
const BAUD_BYTES_PER_SECOND = 11_520;

interface Case {
  far: () => FarDevice & { lamps?: () => Bitmap };
  written: Record<string, unknown>;
  size: { width: number; height: number };
}

const CASES: Record<string, Case> = {
  adalight: {
    far: () => new VirtualWled({ width: 64, pixels: SERPENTINE }),
    written: { type: 'adalight', geometry, answers: true },
    size: { width: 64, height: 32 },
  },
  tpm2: {
    far: () => new VirtualWled({ width: 64, pixels: SERPENTINE }),
    written: { type: 'tpm2', geometry, answers: true },
    size: { width: 64, height: 32 },
  },
  alpha: {
    far: () => new VirtualAlpha({ width: 80, height: 16, parity: 'even', wantsChecksum: 'sum' }),
    written: { type: 'alpha', size: { width: 80, height: 16 } },
    size: { width: 80, height: 16 },
  },
  'onbon BX-6': {
    far: () => new VirtualOnbon({ width: 64, height: 32, card: { series: 'bx-6', planes: 3 } }),
    written: { type: 'onbon', size: { width: 64, height: 32 }, model: 'BX-6E2', colours: 'three' },
    size: { width: 64, height: 32 },
  },
};

/** What its lamps can show of a page of full colours. */
const seen = (type: unknown, { width, height, rgb }: Bitmap): Bitmap => ({
  width,
  height,
  rgb: type !== 'alpha' ? rgb : rgb.map((value, at) => [value, greenOf(rgb, at), 0][at % 3] ?? 0),
});
const greenOf = (rgb: Uint8Array, at: number) =>
  (rgb[at] ?? 0) | ((rgb[at + 1] ?? 0) & ~(rgb[at - 1] ?? 0) & 0xff);

async function plugged(kind: 'pty' | 'tcp', far: FarDevice): Promise<Plug> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-sign-'));
  const pace = { toBoard: { bytesPerSecond: BAUD_BYTES_PER_SECOND } };
  const plug = kind === 'pty' ? await plugIntoPty(far, join(folder, 'sign'), pace) : await plugIntoTcp(far);
  onTestFinished(async () => {
    await plug.unplug();
    await rm(folder, { recursive: true, force: true });
  });
  return plug;
}

async function opened(written: Record<string, unknown>, plug: Plug): Promise<OpenedSign> {
  const sign = openSign(SignConfig.parse({ ...written, line: plug.spec }), {
    ...{ clock: systemClock, log: silentLog, openLine },
    openFolder: (options) => new PngPanel(options),
  });
  onTestFinished(() => sign.stop());
  sign.start();
  await vi.waitFor(() => expect(sign.whyNot()).toBeUndefined(), { timeout: 5_000 });
  return sign;
}

describe.each(['pty', 'tcp'] as const)('over a real %s', (kind) => {
  test.each(Object.entries(CASES))('%s: the page, then the news of the pulled cable', async (_name, each) => {
    const far = each.far();
    const plug = await plugged(kind, far);
    const { panel, whyNot } = await opened(each.written, plug);
    const page = lettersPage(each.size);
    await panel.show(page);
    await vi.waitFor(() =>
      expect(Buffer.compare(far.lamps?.().rgb ?? Buffer.alloc(0), seen(each.written.type, page).rgb)).toBe(0),
    );

    await plug.unplug();
    const pulledAt = performance.now();
    await expect(panel.show(page)).rejects.toMatchObject({
      code: expect.stringMatching(/^panel-(gone|silent)$/),
    });
    expect(performance.now() - pulledAt).toBeLessThan(2_000);
    expect(whyNot()).toBeDefined();
  });

  test('onbon BX-5K: asked, cleared', async () => {
    const far = new VirtualOnbon({ width: 64, height: 32, card: { series: 'bx-5k' } });
    const written = { type: 'onbon', size: { width: 64, height: 32 }, model: 'BX-5K' };
    const { panel } = await opened(written, await plugged(kind, far));
    await panel.blank();
    expect(far.cleared).toBe(1);
  });

  test('novastar: dimmed, dark', async () => {
    const far = new VirtualNovastar();
    const written = { type: 'novastar', size: { width: 64, height: 32 } };
    const { panel } = await opened(written, await plugged(kind, far));
    await panel.setBrightness(40);
    await panel.blank();
    expect([far.brightness, far.isKilled]).toEqual([40, true]);
  });
});
