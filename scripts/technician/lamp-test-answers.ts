import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Words } from '../cli/words.ts';
import { type Cli, Failed, Misused } from '../cli.ts';
import { writtenJson } from '../operator/written-document.ts';
import { type FaultyPlace, NotAPlace, readPlaces, type SignShape } from './lamp-faults.ts';
import type { LampTestStep } from './lamp-test-steps.ts';

/** What the person at the sign says to one picture; undefined = has had enough. */
export type Answerer = (
  step: LampTestStep,
  shape: SignShape,
  interrupted: AbortSignal,
) => Promise<FaultyPlace[] | undefined>;

/** Nobody answers: every picture stands for so long, nothing is found. */
export function nobodyAnswers(standMs: number): Answerer {
  return async (_step, _shape, signal) => {
    await wait(standMs, undefined, { signal }).catch(() => {});
    return [];
  };
}

const Answers = z.record(z.string(), z.string().max(1_000));

/** Answers that were written down before: `{"red": "module 3; row 12"}`, by the name of the picture. */
export async function answersOf(path: string): Promise<Answerer> {
  const read = Answers.safeParse(await writtenJson(path));
  if (!read.success)
    throw new Failed(
      { en: `${path} is not {"red": "module 3", …}`, th: `${path} ไม่ใช่ {"red": "module 3", …}` },
      { code: 'answers-invalid' },
    );
  return async ({ pattern }, shape) => {
    try {
      return readPlaces(read.data[pattern] ?? '', shape);
    } catch (error) {
      if (error instanceof NotAPlace)
        throw new Failed(error.words, { code: 'answers-invalid', cause: error });
      throw error;
    }
  };
}

const ASKED: Words = {
  en: 'What is wrong? Enter = nothing; module 3; row 12; column 7; lamp 5,9',
  th: 'มีอะไรผิดปกติ กด Enter = ไม่มี หรือพิมพ์ เช่น โมดูล 3; แถว 12; คอลัมน์ 7; ดวง 5,9',
};

/** Asks at the terminal; an answer that is not understood is asked again. Throws Misused where there is none. */
export async function askedAt(cli: Cli): Promise<Answerer> {
  if (!process.stdin.isTTY)
    throw new Misused({
      en: 'this asks a person at a terminal; --answers FILE or --yes do without',
      th: 'คำสั่งนี้ถามคนที่เทอร์มินัล หากไม่มีให้ใช้ --answers FILE หรือ --yes',
    });
  const { promptLine } = await import('../cli/prompt.ts');
  return async (_step, shape) => {
    const why = (text: string) => {
      try {
        readPlaces(text, shape);
        return undefined;
      } catch (error) {
        return error instanceof NotAPlace ? cli.text(error.words) : String(error);
      }
    };
    const said = await promptLine(cli.text(ASKED), why);
    return said === undefined ? undefined : readPlaces(said, shape);
  };
}
