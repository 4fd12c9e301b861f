import { randomBytes } from 'node:crypto';
import { ulidOf } from '../../firmware-protocol/content/ulid.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { type Cli, Failed } from '../cli.ts';
import type { OperatorClient } from './client.ts';
import { interruptible } from './interrupt.ts';
import type { Profile } from './profile.ts';
import { samePush, type Wanted } from './same-push.ts';
import { askProven } from './step-up.ts';
import { mayBeDone } from './unanswered.ts';

/**
 * Sends a push under an id of this side, so that it is one order however often it is sent. `pictureFile` is what the
 * person named. Rejects with Failed; where it may have arrived, with the id and the command line that sends the very same again.
 */
export async function pushNamed(
  operator: OperatorClient,
  profile: Profile,
  wanted: Wanted,
  pictureFile: string | undefined,
  cli: Cli,
): Promise<AnswerTo<'push'>> {
  const send = (order: string) => sent(operator, { ...wanted, order }, pictureFile, cli);
  if (typeof wanted.order === 'string') return send(wanted.order);
  try {
    return await send(newOrderId(Date.now()));
  } catch (error) {
    // The clock of this computer is wrong, and nothing was sent: the server's own makes the id.
    const isOfAnotherTime = error instanceof Failed && error.code === 'order-id-time';
    const now = isOfAnotherTime ? await serverTime(profile) : undefined;
    if (now === undefined) throw error;
    return send(newOrderId(now));
  }
}

async function sent(
  operator: OperatorClient,
  named: Wanted & { order: string },
  pictureFile: string | undefined,
  cli: Cli,
): Promise<AnswerTo<'push'>> {
  try {
    return await askProven(untilInterrupted(operator), 'push', named, cli);
  } catch (error) {
    if (!mayBeDone(error)) throw error;
    const { order } = named;
    const again = samePush(named, pictureFile);
    throw error.andSays(
      {
        en: `Whether order ${order} left is not known. Sent again under its id it is announced once:\n  ${again}\nWhat became of it: prakat watch ${order}`,
        th: `ไม่ทราบว่าคำสั่ง ${order} ออกไปแล้วหรือไม่ ส่งซ้ำด้วยรหัสเดิมได้ จะประกาศเพียงครั้งเดียว:\n  ${again}\nดูผลของคำสั่งนี้: prakat watch ${order}`,
      },
      { order },
    );
  }
}

/** Who tires of waiting for an answer has sent it all the same, and is told its id like anybody else. */
function untilInterrupted(operator: OperatorClient): Pick<OperatorClient, 'ask'> {
  return {
    ask: (what, draft) =>
      interruptible((interrupted) => Promise.race([operator.ask(what, draft), endOf(interrupted)])),
  };
}

function endOf(interrupted: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    interrupted.addEventListener('abort', () =>
      reject(
        new Failed(
          { en: 'ended before the server answered', th: 'ถูกหยุดก่อนที่เซิร์ฟเวอร์จะตอบ' },
          { code: 'interrupted' },
        ),
      ),
    );
  });
}

function newOrderId(nowMs: number): string {
  return ulidOf(nowMs, randomBytes(16));
}

/** What the clock of the server says, epoch ms, to the second; undefined = it cannot be reached. */
async function serverTime({ server }: Profile): Promise<number | undefined> {
  const told = await fetch(new URL('/healthz', server)).then(
    ({ headers }) => Date.parse(headers.get('date') ?? ''),
    () => Number.NaN,
  );
  return Number.isNaN(told) ? undefined : told;
}
