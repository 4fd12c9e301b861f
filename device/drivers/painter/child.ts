import { createInterface } from 'node:readline';
import { isDeviceError } from '../../errors.ts';
import { TextPainterEngine } from './engine.ts';
import { encodeAnswer, type PaintFailure, type PaintJob } from './wire.ts';

/**
 * The painter: a process of its own, because the font engine would cost the agent 30 MB for ever. Reads jobs from
 * stdin, writes answers to stdout, ends when stdin ends.
 */

/** What a page is at fault for keeps its code. */
function failureOf(error: unknown): PaintFailure {
  if (!isDeviceError(error)) return { why: wordsOf(error) };
  const { why, why_th } = error.context;
  return { code: error.code, why: String(why), ...(typeof why_th === 'string' && { why_th }) };
}

/** The error and what led to it: nothing else of it reaches the agent's log. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error) || error.cause === undefined) return String(error);
  return `${error}, because of ${wordsOf(error.cause)}`;
}

async function main(): Promise<void> {
  const engine = await TextPainterEngine.start();
  for await (const line of createInterface({ input: process.stdin })) {
    // From the agent that started this process, built from the same sources: not outside data.
    const { id, request }: PaintJob = JSON.parse(line);
    const answer = await engine.paint(request).then(
      (screens) => ({ id, screens }),
      (error: unknown) => ({ id, screens: [], error: failureOf(error) }),
    );
    process.stdout.write(encodeAnswer(answer));
  }
}

await main();
