import type { Answer } from '../../firmware-protocol/mqtt/answer.ts';
import { Transaction } from '../../firmware-protocol/mqtt/answer.ts';
import type { DeviceState, Health } from '../../firmware-protocol/mqtt/messages.ts';
import type { ExplainedCheck } from '../health/checks/explained-check.ts';
import { isRefused, readJson } from '../keys/document.ts';

const REQUEST_LIMIT_BYTES = 16 * 1024;

export interface Diagnostics {
  state: () => DeviceState;
  health: () => Promise<Health>;
  checks: () => ExplainedCheck[];
}

const ANSWERS: Readonly<Record<string, (diagnostics: Diagnostics) => Promise<unknown>>> = {
  state: async ({ state }) => state(),
  health: ({ health }) => health(),
  checks: async ({ checks }) => checks(),
};

/** Answers `request/<what>`. Nothing here changes anything: what changes a hall is signed. */
export async function diagnose(what: string, payload: Uint8Array, diagnostics: Diagnostics): Promise<Answer> {
  const transaction = transactionOf(payload);
  const answer = Object.hasOwn(ANSWERS, what) ? ANSWERS[what] : undefined;
  if (answer === undefined)
    return {
      status: 'error',
      error: {
        code: 'unknown-request',
        en: `this device answers ${Object.keys(ANSWERS).join(', ')}`,
        th: `อุปกรณ์นี้ตอบได้เฉพาะ ${Object.keys(ANSWERS).join(', ')}`,
        faults: [],
      },
      ...transaction,
    };
  return { status: 'ok', data: await answer(diagnostics), ...transaction };
}

function transactionOf(payload: Uint8Array): { transaction?: Transaction } {
  const read = readJson(payload, REQUEST_LIMIT_BYTES);
  const transaction = isRefused(read) ? undefined : Transaction.safeParse(read.raw.transaction).data;
  return transaction === undefined ? {} : { transaction };
}
