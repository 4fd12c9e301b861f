import { z } from 'zod';
import { RunningStrip } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import type { PreviewedPage, PreviewJob } from '../../signs/sign-painter.ts';

/** Between the server and its sign painter: a line of JSON each. */
export interface SignPainterAsk extends PreviewJob {
  id: number;
}

const place = z.int().min(0);
const Painted = z.object({
  screens: z.array(
    z.object({
      picture: place,
      crc: z.string(),
      ms: z.number().min(0),
      running: RunningStrip.extend({ picture: place }).optional(),
    }),
  ),
  pictures: z.array(z.string()),
  leftOut: z.array(z.object({ part: z.enum(['picture', 'qr']), reason: z.string() })),
  words: z.array(z.object({ kind: z.enum(['unshown', 'ornaments', 'cut']), what: z.array(z.string()) })),
});
export const SignPainterSays = z.object({
  id: z.int(),
  /** Absent = it failed. */
  painted: Painted.optional(),
  failed: z.string().optional(),
  /** It has taken much memory and ends after this answer. */
  last: z.boolean().optional(),
});
export interface SignPainterSays extends Omit<z.infer<typeof SignPainterSays>, 'painted'> {
  painted?: PreviewedPage | undefined;
}
