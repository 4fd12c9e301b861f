import { type Answer, type Failure, Transaction } from '../../firmware-protocol/mqtt/answer.ts';
import type { DeviceState, Health } from '../../firmware-protocol/mqtt/messages.ts';
import type { ExplainedCheck } from '../health/checks/explained-check.ts';
import { isRefused, type RawDocument, readJson } from '../keys/document.ts';
import type { ScreenDesk } from './screen-desk.ts';

const REQUEST_LIMIT_BYTES = 16 * 1024;

export interface Diagnostics {
  state: () => DeviceState;
  health: () => Promise<Health>;
  checks: () => ExplainedCheck[];
  screens: Pick<ScreenDesk, 'answer'>;
}

type Told = { data: unknown } | { error: Failure };

const ANSWERS: Readonly<Record<string, (diagnostics: Diagnostics, body: RawDocument) => Promise<Told>>> = {
  state: async ({ state }) => ({ data: state() }),
  health: async ({ health }) => ({ data: await health() }),
  checks: async ({ checks }) => ({ data: checks() }),
  screen: async ({ screens }, body) => screens.answer(body),
};

/** Answers `request/<what>`. Nothing here changes anything: what changes a hall is signed. */
export async function diagnose(what: string, payload: Uint8Array, diagnostics: Diagnostics): Promise<Answer> {
  const read = readJson(payload, REQUEST_LIMIT_BYTES);
  const body = isRefused(read) ? {} : read.raw;
  const transaction = transactionOf(body);
  const answer = Object.hasOwn(ANSWERS, what) ? ANSWERS[what] : undefined;
  const told = answer === undefined ? unknownRequest() : await answer(diagnostics, body);
  return 'error' in told
    ? { status: 'error', error: told.error, ...transaction }
    : { status: 'ok', data: told.data, ...transaction };
}

function unknownRequest(): { error: Failure } {
  const known = Object.keys(ANSWERS).join(', ');
  return {
    error: {
      code: 'unknown-request',
      en: `this device answers ${known}`,
      th: `หอนี้ตอบได้เฉพาะ ${known}`,
      faults: [],
    },
  };
}

function transactionOf(body: RawDocument): { transaction?: Transaction } {
  const transaction = Transaction.safeParse(body.transaction).data;
  return transaction === undefined ? {} : { transaction };
}
