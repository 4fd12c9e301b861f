import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { encodeAdalight } from '../../../device/signs/lamp-stream/adalight.ts';
import { LampStreamPanel } from '../../../device/signs/lamp-stream/lamp-stream-panel.ts';
import { encodeTpm2 } from '../../../device/signs/lamp-stream/tpm2.ts';
import { VirtualWled } from '../../../scripts/virtual-signs/virtual-wled.ts';
import { DeskLine } from './desk-line.ts';
import { deskLineOf } from './desk-line-of.ts';
import { type PanelOnDesk, panelSuite } from './panel-suite.ts';
import { silentLog } from './silent-log.ts';

/** 10 x 12 lamps: in TPM2 a length that WLED reckons one lamp short. The chain runs up and down from the right. */
const SIZE = { width: 10, height: 12 };
const UP_AND_DOWN = Array.from({ length: 120 }, (_unused, lamp) => {
  const column = Math.floor(lamp / 12);
  const row = column % 2 === 0 ? lamp % 12 : 11 - (lamp % 12);
  return row * 10 + (9 - column);
});

const WIRES = { Adalight: encodeAdalight, TPM2: encodeTpm2 };

for (const [name, encode] of Object.entries(WIRES))
  for (const answers of [false, true])
    panelSuite(`${name}, ${answers ? 'a WLED that answers' : 'nobody answers'}`, {
      answers,
      seen: (page) => page,
      open: async () => openOnDesk(encode, answers),
    });

async function openOnDesk(encode: (rgb: Uint8Array) => Uint8Array, answers: boolean): Promise<PanelOnDesk> {
  const far = new VirtualWled({ width: SIZE.width, pixels: UP_AND_DOWN, mute: !answers });
  const line = new DeskLine(far);
  const options = { size: SIZE, order: Uint32Array.from(UP_AND_DOWN), encode, gamma: 1, answers };
  const panel = new LampStreamPanel({ line, clock: systemClock, log: silentLog }, options);
  panel.link.start();
  return {
    panel,
    lamps: () => far.lamps(),
    isDimmed: () => Math.max(...far.lamps().rgb) < 30,
    line: deskLineOf(line, panel.link, () => {
      far.mute = true;
    }),
    close: () => panel.link.stop(),
  };
}
