import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { AlphaPanel } from '../../../device/signs/alpha/alpha-panel.ts';
import { NovastarPanel } from '../../../device/signs/novastar/novastar-panel.ts';
import { OnbonPanel } from '../../../device/signs/onbon/onbon-panel.ts';
import type { SignLink } from '../../../device/signs/sign-link.ts';
import type { FarDevice } from '../../../scripts/virtual-board/plug.ts';
import { VirtualAlpha } from '../../../scripts/virtual-signs/virtual-alpha.ts';
import { VirtualNovastar } from '../../../scripts/virtual-signs/virtual-novastar.ts';
import { VirtualOnbon } from '../../../scripts/virtual-signs/virtual-onbon.ts';
import { DeskLine } from '../../contract/ports/desk-line.ts';
import { lettersPage } from '../../contract/ports/panel-pages.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const SIZE = { width: 32, height: 16 };

async function connected<P extends { link: Pick<SignLink<never>, 'start' | 'stop' | 'whyNot'> }>(
  far: FarDevice,
  panelOver: (parts: { line: DeskLine; clock: typeof systemClock; log: typeof silentLog }) => P,
): Promise<P> {
  const panel = panelOver({ line: new DeskLine(far), clock: systemClock, log: silentLog });
  panel.link.start();
  onTestFinished(() => panel.link.stop());
  await vi.waitFor(() => expect(panel.link.whyNot()).toBeUndefined());
  return panel;
}

const alpha = { size: SIZE, type: 'Z', address: '00', colours: 'mono', dimming: true } as const;

test('an Alpha sign that wants a checksum and gets none says so', async () => {
  const far = new VirtualAlpha({ ...SIZE, wantsChecksum: 'sum', parity: 'even' });
  const options = { ...alpha, checksum: 'xor', parity: 'even', answers: true } as const;
  const panel = await connected(far, (parts) => new AlphaPanel(parts, options));
  // Its question for errors has the wrong checksum too, so that nothing comes back at all.
  await expect(panel.show(lettersPage(SIZE))).rejects.toMatchObject({ code: 'panel-silent' });
});

test('an Alpha sign of the other parity reports parity errors: the page is refused', async () => {
  const far = new VirtualAlpha({ ...SIZE, parity: 'even' });
  const options = { ...alpha, checksum: 'none', parity: 'none', answers: true } as const;
  const panel = await connected(far, (parts) => new AlphaPanel(parts, options));
  await expect(panel.show(lettersPage(SIZE))).rejects.toMatchObject({
    code: 'panel-refused',
    context: { errors: ['parity'] },
  });
});

test.each([
  [255, 100],
  [219, 86],
  [200, 86],
  [130, 58],
  [10, 44],
  [0, 44],
])('Alpha brightness %i is the step %i %%', async (level, percent) => {
  const far = new VirtualAlpha({ ...SIZE, parity: 'even' });
  const options = { ...alpha, checksum: 'none', parity: 'even', answers: true } as const;
  const panel = await connected(far, (parts) => new AlphaPanel(parts, options));
  await panel.setBrightness(level);
  expect(far.brightnessPercent).toBe(percent);
});

test.each([
  [3, 'busy'],
  [4, 'memory-full'],
  [5, 'checksum'],
  [16, 'file-block-number'],
  [99, 'error-99'],
])('an Onbon card that answers error %i refuses as %s', async (number, why) => {
  const far = new VirtualOnbon({ ...SIZE, card: { series: 'bx-5k' } });
  far.errorToTell = number;
  const card = { series: 'bx-5k', device: 0xfe } as const;
  const panel = await connected(far, (parts) => new OnbonPanel(parts, { size: SIZE, screen: 1, card }));
  await expect(panel.blank()).rejects.toMatchObject({ code: 'panel-refused', context: { why } });
});

test('an Onbon BX-5K is asked for life, switched off and on', async () => {
  const far = new VirtualOnbon({ ...SIZE, card: { series: 'bx-5k' } });
  const card = { series: 'bx-5k', device: 0xfe } as const;
  const panel = await connected(far, (parts) => new OnbonPanel(parts, { size: SIZE, screen: 1, card }));
  await panel.ping();
  await panel.switchScreen('off');
  expect(far.isOn).toBe(false);
  await panel.switchScreen('on');
  expect(far.isOn).toBe(true);
});

test.each([
  [1, 'cards-did-not-answer'],
  [4, 'invalid-command'],
  [9, 'ack-9'],
])('a NovaStar that answers %i refuses as %s', async (ack, why) => {
  const far = new VirtualNovastar();
  far.ackToTell = ack;
  const panel = await connected(far, (parts) => new NovastarPanel(parts, { size: SIZE, port: 0 }));
  await expect(panel.setBrightness(9)).rejects.toMatchObject({ code: 'panel-refused', context: { why } });
});

test('NovaStar: brightness ends the dark; its own test pictures come and go, those it has not are refused', async () => {
  const far = new VirtualNovastar();
  const panel = await connected(far, (parts) => new NovastarPanel(parts, { size: SIZE, port: 0 }));
  await panel.blank();
  expect(far.isKilled).toBe(true);
  await panel.setBrightness(77);
  expect([far.isKilled, far.brightness]).toEqual([false, 77]);
  await panel.showPattern('green');
  expect(far.pattern).toBe(3);
  await panel.showPattern('none');
  expect(far.pattern).toBe(1);
  await expect(panel.showPattern('checker')).rejects.toMatchObject({ code: 'panel-cannot' });
});
