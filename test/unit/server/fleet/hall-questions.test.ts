import { beforeEach, expect, test } from 'vitest';
import { HallQuestions, QUESTION_LIMITS } from '../../../../server/fleet/hall-questions.ts';
import { HandClock, settled } from '../hand-clock.ts';
import { PaperBroker, seededRandom } from '../office.ts';

const MAE = { device: 'hall-mae', village: '43010101' };

let clock: HandClock;
let broker: PaperBroker;
let questions: HallQuestions;

beforeEach(() => {
  clock = new HandClock();
  broker = new PaperBroker();
  questions = new HallQuestions({ broker, clock, random: seededRandom() });
});

const lastAsked = () => JSON.parse(Buffer.from(broker.sent.at(-1)?.payload ?? []).toString());
const answer = (device: string, body: object) =>
  questions.heard(device, Buffer.from(JSON.stringify({ transaction: lastAsked().transaction, ...body })));
const failed = (code: string) => ({
  status: 'error',
  error: { code, en: 'the shelf is bare', th: 'ชั้นว่างเปล่า', faults: [] },
});

test('the answer of the hall that was asked is the answer', async () => {
  const told = questions.ask(MAE, 'screen', { have: 'a' });
  await settled();
  expect(broker.sent[0]).toMatchObject({
    topic: 'prakat/v1/43/device/hall-mae/request/screen',
    qos: 1,
    retained: false,
  });
  expect(lastAsked()).toEqual({ have: 'a', transaction: expect.stringMatching(/^[\w-]{22}$/) });
  // Another hall, another question, nonsense.
  answer('hall-pong', { status: 'ok', data: 'of another' });
  answer('hall-mae', { status: 'ok', data: 'of long ago', transaction: 'x' });
  questions.heard('hall-mae', Buffer.from('ไม่ใช่ JSON'));
  answer('hall-mae', { status: 'ok', data: { lamps: 8 } });
  expect(await told).toEqual({ lamps: 8 });
});

test.each([
  ['no-sign', 'hall-without-sign'],
  ['nothing-shown', 'sign-nothing-shown'],
  ['too-soon', 'hall-asked-lately'],
  ['unknown-request', 'hall-too-old'],
  ['constructor', 'hall-refused'],
])('what the hall refuses as %s is told as %s', async (code, known) => {
  const told = questions.ask(MAE, 'screen', {}).catch((error: unknown) => error);
  await settled();
  answer('hall-mae', failed(code));
  expect(await told).toMatchObject({ code: known });
});

test('the words of a hall that refuses for a reason of its own reach people in both languages', async () => {
  const told = questions.ask(MAE, 'screen', {}).catch((error) => error.failure());
  await settled();
  answer('hall-mae', failed('bare'));
  expect(await told).toMatchObject({
    en: expect.stringContaining('bare'),
    th: expect.stringContaining('ชั้น'),
  });
});

test('a hall that does not answer in time is told as silent; what it says later is for nobody', async () => {
  const told = questions.ask(MAE, 'screen', {}).catch((error: unknown) => error);
  await clock.advance(QUESTION_LIMITS.answer_ms);
  expect(await told).toMatchObject({ code: 'hall-silent', context: { seconds: 12 } });
  answer('hall-mae', { status: 'ok', data: 1 });
});

test('when the server ends nobody waits, and nobody asks', async () => {
  const told = questions.ask(MAE, 'screen', {}).catch((error: unknown) => error);
  await settled();
  questions.close();
  expect(await told).toMatchObject({ code: 'hall-silent' });
  await expect(questions.ask(MAE, 'screen', {})).rejects.toMatchObject({ code: 'busy' });
});

test('questions that are open are bounded, and those that failed are not open', async () => {
  broker.away = true;
  for (let n = 0; n < QUESTION_LIMITS.open; n++)
    await expect(questions.ask(MAE, 'screen', {})).rejects.toMatchObject({ code: 'broker-down' });
  broker.away = false;
  const open = Array.from({ length: QUESTION_LIMITS.open }, () =>
    questions.ask(MAE, 'screen', {}).catch((error: unknown) => error),
  );
  await expect(questions.ask(MAE, 'screen', {})).rejects.toMatchObject({ code: 'busy' });
  await settled();
  await clock.advance(QUESTION_LIMITS.answer_ms);
  await Promise.all(open);
});
