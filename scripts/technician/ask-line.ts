import { openLine } from '../../device/drivers/line/line.ts';
import { systemClock, systemRandom } from '../../device/drivers/machine/system-clock.ts';
import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { BoardTalk } from './board-talk.ts';

/** On a shared line the boards that are not there are waited for too. */
const SHARED_TRIES = 2;

export type Asked = { address: number } & FrameBody<'welcome'>;

/** Which boards answer hello on a line: the only one, and those of these addresses. Rejects `line-gone`. */
export async function askLine(spec: string, addresses: number[]): Promise<Asked[]> {
  const line = openLine(spec);
  const parts = { line, clock: systemClock, random: systemRandom };
  const found: Asked[] = [];
  for (const address of addresses.length === 0 ? [0] : addresses) {
    const talk = new BoardTalk({ ...parts, address });
    await talk.open();
    try {
      const welcome = await talk.hello(address === 0 ? undefined : SHARED_TRIES);
      if (welcome !== undefined) found.push({ address, ...welcome });
    } finally {
      await talk.close();
    }
  }
  return found;
}
