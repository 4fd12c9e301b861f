import { createInterface } from 'node:readline';
import { TextPainterEngine } from '../../device/drivers/painter/engine.ts';
import type { SignPainterAsk, SignPainterSays } from '../../server/drivers/signs/sign-painter-wire.ts';
import { previewOf } from './preview-page.ts';

/**
 * The painter of the halls as a process of the server: it decodes pictures of many hands, and its font engine stays out of the
 * server. Reads a job a line from stdin, writes an answer a line to stdout, ends when stdin ends.
 */

/** Decoded pictures and glyphs, with what the libraries do not give back; beyond that a new process takes over. */
const MOST_RESIDENT_BYTES = 300 * 1024 * 1024;

async function answerTo(line: string, engine: TextPainterEngine): Promise<SignPainterSays> {
  // From the server that started this process, built from the same sources: not outside data.
  const { id, ...job }: SignPainterAsk = JSON.parse(line);
  const painted = await previewOf(job, engine).then(
    (page) => ({ painted: page }),
    (error: unknown) => ({ failed: String(error) }),
  );
  return { id, ...painted };
}

const engine = await TextPainterEngine.start();
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await answerTo(line, engine);
  const last = process.memoryUsage.rss() > MOST_RESIDENT_BYTES;
  process.stdout.write(`${JSON.stringify(last ? { ...answer, last } : answer)}\n`);
  if (last) break;
}
process.stdin.destroy();
