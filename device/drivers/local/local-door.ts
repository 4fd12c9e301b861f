import type { Clock, Log } from '../../ports.ts';
import {
  LOCAL_HTTP_LIMITS,
  type LocalAnswerer,
  type LocalDoor,
  type OpenDoor,
  openLocalDoor,
} from './local-http.ts';

/** The network of a hall comes up after the agent does, and a port may be held by a run that is just ending. */
const OPEN_AGAIN_MS = 30_000;

/** The same, tried again until it can be opened; told once why it could not. Resolves after the first try. */
export async function openLocalDoorWhenever(
  door: LocalDoor,
  answer: LocalAnswerer,
  {
    clock,
    log,
    limits = LOCAL_HTTP_LIMITS,
  }: { clock: Pick<Clock, 'after'>; log: Log; limits?: typeof LOCAL_HTTP_LIMITS },
): Promise<OpenDoor> {
  let open: OpenDoor | undefined;
  let isTold = false;
  let isClosed = false;
  let forget = () => {};
  const attempt = async () => {
    try {
      const opened = await openLocalDoor(door, answer, log, limits);
      if (isClosed) await opened.close();
      else open = opened;
    } catch (error) {
      if (!isTold) log.warn({ error, door }, 'a door of the box cannot be opened yet');
      isTold = true;
      if (!isClosed) forget = clock.after(OPEN_AGAIN_MS, () => void attempt());
    }
  };
  await attempt();
  return {
    get port() {
      return open?.port;
    },
    async close() {
      isClosed = true;
      forget();
      await open?.close();
    },
  };
}
