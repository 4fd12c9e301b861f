import { DeviceError } from '../../errors.ts';
import type { MobileSignal } from '../../health/checks/machine.ts';
import type { Clock } from '../../ports.ts';
import type { ByteLine } from '../../sign-ports.ts';

/** A modem that registers anew answers late; one that does not speak AT, never. */
const ANSWER_MS = 3_000;
/** Of what it says, the last this many characters: another program's messages may stand before the answer. */
const SAID_CHARS = 1_000;
/** `+CSQ` counts 31 steps of 2 dB from -113 dBm; 99 is "not known" (3GPP TS 27.007, 8.5). */
const MOST_STEPS = 31;
/** `<AcT>` of `+COPS` (3GPP TS 27.007, 7.3), in the words of ModemManager. */
const TECHNOLOGIES: Record<string, string> = {
  ...{ 0: 'gsm', 2: 'umts', 3: 'edge', 4: 'hsdpa', 5: 'hsupa', 6: 'hspa', 7: 'lte' },
  ...{ 11: '5gnr', 13: 'lte' },
};

/**
 * What a modem says at its AT port, for a box without ModemManager. Undefined = it does not know its signal. Rejects `line-gone`,
 * or an Error when it does not answer or refuses.
 */
export async function askAtModem(
  line: ByteLine,
  clock: Pick<Clock, 'after'>,
): Promise<MobileSignal | undefined> {
  let hear: (said: string) => void = () => {};
  let lose: (reason: string) => void = () => {};
  await line.open({
    onBytes: (bytes) => hear(Buffer.from(bytes).toString('latin1')),
    onClosed: (reason) => lose(reason),
  });
  const ask = async (command: string): Promise<string> => {
    let said = '';
    let forget = () => {};
    const answer = new Promise<string>((resolve, reject) => {
      forget = clock.after(ANSWER_MS, () => reject(new Error(`no answer to ${command}`)));
      lose = (reason) => reject(new DeviceError('line-gone', { reason }));
      hear = (words) => {
        said = (said + words).slice(-SAID_CHARS);
        if (/^OK\r?$/m.test(said)) resolve(said);
        else if (/^(ERROR|\+CM[ES] ERROR:.*)\r?$/m.test(said)) reject(new Error(`${command} is refused`));
      };
    });
    // Nobody waits for it yet: a write that fails is told first.
    answer.catch(() => {});
    try {
      await line.write(Buffer.from(`${command}\r`, 'latin1'));
      return await answer;
    } finally {
      forget();
    }
  };
  try {
    const steps = Number(/^\+CSQ: *(\d+),/m.exec(await ask('AT+CSQ'))?.[1]);
    if (!(steps <= MOST_STEPS)) return undefined;
    const act = await ask('AT+COPS?').then(
      (said) => /^\+COPS:.*,(\d+)\r?$/m.exec(said)?.[1],
      () => undefined,
    );
    const technology = act === undefined ? undefined : TECHNOLOGIES[act];
    return { percent: Math.round((steps / MOST_STEPS) * 100), ...(technology && { technology }) };
  } finally {
    await line.close();
  }
}
