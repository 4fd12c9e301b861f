import { setTimeout as wait } from 'node:timers/promises';
import { faultsOf, type LampFault, type SignShape } from './lamp-faults.ts';
import type { Answerer } from './lamp-test-answers.ts';
import { LAMP_TEST_STEPS, type LampTestStep } from './lamp-test-steps.ts';
import type { ShownPattern, TestSign } from './test-sign.ts';

export interface LampTestOptions {
  answer: Answerer;
  /** Of a sweep, in ms; a person follows about 20 lines a second. */
  lineMs: number;
  /** Used where the sign does not say what it is made of. */
  module: { width: number; height: number };
  interrupted: AbortSignal;
  onStep: (step: LampTestStep, number: number, of: number) => void;
}

export interface LampTestResult {
  shape: SignShape;
  /** The pictures that were shown and answered. */
  looked: ShownPattern[];
  whole: boolean;
  faults: LampFault[];
}

/** Shows one picture after the other and gathers what a person finds. Ends early where the person has had enough. */
export async function testLamps(sign: TestSign, options: LampTestOptions): Promise<LampTestResult> {
  const shape = { width: sign.width, height: sign.height, modules: modulesOf(sign, options.module) };
  const marked: Parameters<typeof faultsOf>[0] = [];
  for (const [index, step] of LAMP_TEST_STEPS.entries()) {
    if (options.interrupted.aborted) break;
    options.onStep(step, index + 1, LAMP_TEST_STEPS.length);
    const showing = new AbortController();
    const shown = showStep(sign, step, options, showing.signal);
    // A sweep runs on while the person types; what it throws is thrown here.
    const places = await Promise.race([
      shown.then(() => new Promise<never>(() => {})),
      options.answer(step, shape, options.interrupted).then(async (answer) => {
        showing.abort();
        await shown;
        return answer;
      }),
    ]);
    if (places === undefined || options.interrupted.aborted) break;
    marked.push({ pattern: step.pattern, places });
  }
  return {
    shape,
    looked: marked.map(({ pattern }) => pattern),
    whole: marked.length === LAMP_TEST_STEPS.length,
    faults: faultsOf(marked),
  };
}

function modulesOf({ width, height, modules }: TestSign, module: { width: number; height: number }): number {
  if (modules !== undefined) return modules.columns * modules.rows;
  return Math.max(1, Math.ceil(width / module.width) * Math.ceil(height / module.height));
}

/** Once through at least; again and again until the answer is there. */
async function showStep(
  sign: TestSign,
  { pattern, sweep }: LampTestStep,
  { lineMs, interrupted }: LampTestOptions,
  answered: AbortSignal,
): Promise<void> {
  if (sweep === undefined) return await sign.show(pattern);
  do {
    for (let at = 0; at < sign[sweep] && !interrupted.aborted; at++) {
      await sign.show(pattern, at);
      await wait(lineMs);
    }
  } while (!answered.aborted && !interrupted.aborted);
}
