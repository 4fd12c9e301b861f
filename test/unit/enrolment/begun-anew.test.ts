import { expect, test } from 'vitest';
import { BegunAnew } from '../../../device/enrolment/begun-anew.ts';
import { errandOf } from '../../../device/enrolment/enrol.ts';
import { DeviceError } from '../../../device/errors.ts';
import type { Identity } from '../../../device/identity.ts';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import { writeCode } from '../../../firmware-protocol/http/enrolment.ts';
import { DocumentMaker } from '../../contract/ports/documents.ts';

const { set } = new DocumentMaker().keys(1);
const errand = errandOf({ code: writeCode('ABCDE12345', set.roots), server: 'https://server.example' });
const question = { format: 1 as const, seed: newKeyPair().seed, password: 'b'.repeat(43), ...errand };
const answer = {
  ...{ device: 'hall-1', village: '43010102', password: question.password, keys: set },
  ...{ broker: 'mqtts://broker.example:8883', media: 'https://server.example/media' },
};

/** A box whose broker refuses it; `said`: what the server says to the question. */
function refusedBox(begun: typeof question | undefined, said: () => Promise<unknown>) {
  const seen = { asked: 0, kept: [] as Identity[], ended: 0, givenUp: 0 };
  const anew = new BegunAnew({
    file: {
      read: async () => begun,
      keep: async () => {},
      drop: async () => {
        seen.givenUp += 1;
      },
    },
    door: () => ({
      roots: async () => ({ roots: set.roots }),
      enrol: async () => {
        seen.asked += 1;
        return said();
      },
    }),
    keep: async (identity) => void seen.kept.push(identity),
    kept: async () => {
      seen.ended += 1;
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  return { anew, seen };
}

const refusing = (refusal?: string) => async () => {
  throw new DeviceError('enrolment-failed', { refusal });
};

test('an answer that was lost is asked for once more, kept, and the agent starts anew', async () => {
  const { anew, seen } = refusedBox(question, async () => answer);
  await Promise.all([anew.refused(), anew.refused()]);
  expect(seen).toMatchObject({ asked: 1, ended: 1, givenUp: 0 });
  expect(seen.kept).toMatchObject([{ device: 'hall-1', password: question.password, seed: question.seed }]);
});

test('a hall that is refused and began nothing asks nobody', async () => {
  const { anew, seen } = refusedBox(undefined, async () => answer);
  await anew.refused();
  expect(seen).toMatchObject({ asked: 0, kept: [], ended: 0 });
});

test('a server that is away is asked again at the next refusal', async () => {
  const { anew, seen } = refusedBox(question, refusing());
  await anew.refused();
  await anew.refused();
  expect(seen).toMatchObject({ asked: 2, kept: [], ended: 0, givenUp: 0 });
});

test.each([
  ['code-wrong', 1],
  ['code-expired', 1],
  ['code-used', 1],
  ['too-many-attempts', 0],
  ['internal', 0],
])('%s: the question is given up %i times', async (refusal, givenUp) => {
  const { anew, seen } = refusedBox(question, refusing(refusal));
  await anew.refused();
  expect(seen).toMatchObject({ givenUp, kept: [], ended: 0 });
});
