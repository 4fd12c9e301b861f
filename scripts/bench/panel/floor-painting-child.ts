import { FONT_PATHS } from '../../../device/drivers/painter/fonts.ts';
import { images } from '../../../device/drivers/pictures/sharp.ts';
import { residentMiB } from '../process-memory.ts';
import type { PaintedAnswer, PaintOrder } from './painting-process.ts';

/** `floor-painting`: the same words by the font engine alone, in one picture as wide as the sign, laid out by nobody. */

const [fontfile = ''] = Object.values(FONT_PATHS);

async function draw({ width, text }: PaintOrder): Promise<PaintedAnswer> {
  const startedAt = performance.now();
  await images({ text: { text, width, fontfile, dpi: 72 } })
    .raw()
    .toBuffer();
  return { ms: performance.now() - startedAt, painterPeakMiB: await residentMiB(process.pid, 'VmHWM') };
}

process.on('message', (message) => {
  // From the benchmark that started this process, built from the same sources: not outside data.
  void draw(message as PaintOrder).then((answer) => process.send?.(answer));
});
process.once('disconnect', () => process.exit());
process.send?.({ ms: 0, painterPeakMiB: 0 } satisfies PaintedAnswer);
