import { textPainterChildPath } from '../../../device/drivers/painter/path.ts';
import { ChildTextPainter } from '../../../device/drivers/painter/text-painter.ts';
import { residentMiB } from '../process-memory.ts';
import type { PaintedAnswer, PaintOrder } from './painting-process.ts';

/** `panel-painting`: paints as the agent does, with a painter that comes and goes, in a process that does nothing else. */

const painter = new ChildTextPainter({ childPath: textPainterChildPath() });

async function paint({ width, height, text }: PaintOrder): Promise<PaintedAnswer> {
  const face = { width, height, depth: 'rgb565', marquee: false } as const;
  const startedAt = performance.now();
  await painter.paint({ ...face, content: { type: 'page', band: 40, page: { text, seconds: 10 } } });
  const ms = performance.now() - startedAt;
  return { ms, painterPeakMiB: await residentMiB(painter.pid, 'VmHWM') };
}

process.on('message', (message) => {
  // From the benchmark that started this process, built from the same sources: not outside data.
  void paint(message as PaintOrder).then((answer) => process.send?.(answer));
});
process.once('disconnect', () => {
  painter.close();
  process.exit();
});
process.send?.({ ms: 0, painterPeakMiB: 0 } satisfies PaintedAnswer);
