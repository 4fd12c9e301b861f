import { expect, onTestFinished, test } from 'vitest';
import { SignLink } from '../../../device/signs/sign-link.ts';
import { SIGN_TIMING } from '../../../device/signs/sign-timing.ts';
import type { FarDevice } from '../../../scripts/virtual-board/plug.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { DeskLine } from '../../contract/ports/desk-line.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const QUESTION = Uint8Array.of(1);

/** A link whose answers are the bytes themselves, in virtual time. */
function onDesk(far: FarDevice) {
  const clock = new VirtualClock();
  const line = new DeskLine(far);
  const link = new SignLink<number>({
    ...{ line, clock, log: silentLog },
    decoder: () => ({ push: (bytes) => [...bytes] }),
  });
  const codes: (string | undefined)[] = [];
  link.onChange(() => codes.push(link.whyNot()?.code));
  onTestFinished(() => link.stop());
  return { clock, line, link, codes };
}

const echo: FarDevice = { receive: (bytes) => [bytes] };
const mute: FarDevice = { receive: () => [] };
const any = (byte: number) => byte;

test('before the start and after the end nothing is sent', async () => {
  const { clock, line, link } = onDesk(echo);
  await expect(link.sendThrough(QUESTION)).rejects.toMatchObject({ code: 'panel-gone' });
  link.start();
  await clock.advance(0);
  await link.sendThrough(QUESTION);
  await link.stop();
  await expect(link.sendThrough(QUESTION)).rejects.toMatchObject({ code: 'panel-gone' });
  expect(line.heardBytes).toBe(1);
  expect(clock.pending()).toBe(0);
});

test('a line that is not there is tried again, more and more seldom, and told once when it comes', async () => {
  const { clock, line, link, codes } = onDesk(echo);
  line.unplug();
  link.start();
  await clock.advance(60_000);
  expect(codes).toEqual([]);
  line.plugBack();
  await clock.advance(SIGN_TIMING.retryMostMs);
  expect(codes).toEqual([undefined]);
  line.unplug();
  expect(codes).toEqual([undefined, 'panel-gone']);
  line.plugBack();
  await clock.advance(SIGN_TIMING.retryFirstMs);
  expect(codes).toEqual([undefined, 'panel-gone', undefined]);
});

test('a question is asked three times, then the sign is silent until it answers', async () => {
  const answers: Uint8Array[] = [];
  const { clock, line, link, codes } = onDesk({ receive: () => answers });
  link.start();
  await clock.advance(0);
  const asked = link.ask(QUESTION, any);
  asked.catch(() => {});
  await clock.advance(SIGN_TIMING.answerMs * SIGN_TIMING.answerTries);
  await expect(asked).rejects.toMatchObject({ code: 'panel-silent' });
  expect(line.heardBytes).toBe(SIGN_TIMING.answerTries);
  expect(SIGN_TIMING.answerMs * SIGN_TIMING.answerTries).toBeLessThan(2_000);
  answers.push(Uint8Array.of(9));
  expect(await link.ask(QUESTION, any)).toBe(9);
  expect(codes).toEqual([undefined, 'panel-silent', undefined]);
});

test('whoever waits is told at once that the line is gone', async () => {
  const { clock, line, link } = onDesk(mute);
  link.start();
  await clock.advance(0);
  const asked = link.ask(QUESTION, any);
  const paused = link.pause(60_000);
  await clock.advance(100);
  line.unplug();
  await expect(asked).rejects.toMatchObject({ code: 'panel-gone' });
  await expect(paused).rejects.toMatchObject({ code: 'panel-gone' });
});

test('what is said to nobody is dropped; what is refused is thrown to whoever asked', async () => {
  const { clock, line, link } = onDesk(echo);
  link.start();
  await clock.advance(0);
  line.babble(Uint8Array.of(7, 7, 7));
  await clock.advance(0);
  expect(await link.ask(QUESTION, any)).toBe(1);
  const refused = link.ask(QUESTION, () => {
    throw new Error('not this one');
  });
  await expect(refused).rejects.toThrow('not this one');
});

test('work is done in turn, also after some of it failed', async () => {
  const { link } = onDesk(echo);
  const done: string[] = [];
  const failed = link.inTurn(async () => {
    done.push('first');
    throw new Error('failed');
  });
  const second = link.inTurn(async () => void done.push('second'));
  await expect(failed).rejects.toThrow('failed');
  await second;
  expect(done).toEqual(['first', 'second']);
});
