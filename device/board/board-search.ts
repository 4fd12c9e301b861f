import { readMessage } from '../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../firmware-protocol/serial/decoder.ts';
import { encodeFrame } from '../../firmware-protocol/serial/frame.ts';
import { ONLY_BOARD, VERSION } from '../../firmware-protocol/serial/header.ts';
import { DeviceError } from '../errors.ts';
import type { Clock, Random } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import { hostFrame } from './board-frames.ts';
import { BOARD_TIMING } from './board-timing.ts';

export interface SearchParts {
  /** Device files that are there now. */
  list: () => Promise<string[]>;
  /** A line over one of them, not yet open; its `open` rejects where another holds it. */
  lineOver: (path: string) => ByteLine;
  /** Whether people set the rate of these lines. */
  fixed: boolean;
  clock: Clock;
  random: Random;
}

type Session = Parameters<ByteLine['open']>[0];

/**
 * The line to the board of this id, on whatever port it is: each time it is opened hello is said on every port that nobody
 * holds, and the one whose welcome brings the id stays open; the others are closed as they were found.
 * @param board 16 hex digits, as in `welcome`.
 */
export function searchedLine(board: string, parts: SearchParts): ByteLine {
  let found: { line: ByteLine; path: string } | undefined;
  /** Where it was last: asked alone first, so that a search disturbs no other port when nothing was moved. */
  let lastPath: string | undefined;
  return {
    get bytesPerSecond() {
      return found?.line.bytesPerSecond ?? Number.POSITIVE_INFINITY;
    },

    async open(session) {
      const paths = await parts.list();
      const first = paths.filter((path) => path === lastPath);
      found = (await search(board, first, parts, session)) ?? (await search(board, paths, parts, session));
      if (found === undefined) throw new DeviceError('line-gone', { board, ports: paths.length });
      lastPath = found.path;
    },

    ...(!parts.fixed && { setRate: async (baud: number) => await found?.line.setRate?.(baud) }),

    async write(bytes) {
      if (found === undefined) throw new DeviceError('line-gone', { board });
      await found.line.write(bytes);
    },

    async close() {
      const { line } = found ?? {};
      found = undefined;
      await line?.close();
    },
  };
}

async function search(
  board: string,
  paths: string[],
  parts: SearchParts,
  session: Session,
): Promise<{ line: ByteLine; path: string } | undefined> {
  let isFound = false;
  const asked = paths.map(async (path) => {
    const line = await askedAt(path, board, parts, session, () => isFound);
    if (line === undefined) return undefined;
    isFound = true;
    return { line, path };
  });
  const [first, ...more] = (await Promise.all(asked)).filter((one) => one !== undefined);
  // Two boards of one id: a maker's fault, and no reason to keep a port.
  for (const { line } of more) await line.close();
  return first;
}

/** The open line, when the board is there; closed again in any other case. */
async function askedAt(
  path: string,
  board: string,
  { lineOver, clock, random }: SearchParts,
  session: Session,
  isFoundElsewhere: () => boolean,
): Promise<ByteLine | undefined> {
  const line = lineOver(path);
  const decoder = new FrameDecoder();
  let isOurs = false;
  let isOver = false;
  let look: () => void = () => {};
  const onBytes = (bytes: Uint8Array): void => {
    if (isOurs) {
      session.onBytes(bytes);
      return;
    }
    for (const decoded of decoder.push(bytes)) {
      if (decoded.kind !== 'frame' || !decoded.frame.header.fromBoard) continue;
      const message = readMessage(decoded.frame.header.type, decoded.frame.body);
      if (typeof message === 'string' || message.name !== 'welcome') continue;
      isOurs = message.body.board === board;
      isOver = !isOurs;
    }
    look();
  };
  const onClosed = (reason: string): void => {
    if (isOurs) session.onClosed(reason);
    isOver = true;
    look();
  };
  try {
    await line.open({ onBytes, onClosed });
    for (let tried = 0; tried < BOARD_TIMING.helloTries; tried++) {
      if (isOurs || isOver || isFoundElsewhere()) break;
      await line.write(helloBytes(random));
      await new Promise<void>((resolve) => {
        const cancel = clock.after(BOARD_TIMING.helloEveryMs, resolve);
        look = () => {
          if (!isOurs && !isOver) return;
          cancel();
          resolve();
        };
      });
    }
  } catch {
    // Held by another, or no port any more: not ours either way.
  }
  if (isOurs && !isFoundElsewhere()) return line;
  isOurs = false;
  await line.close();
  return undefined;
}

function helloBytes(random: Random): Uint8Array {
  const session = (Math.floor(random.fraction() * 0xffff_fffe) + 1) >>> 0;
  const body = { minor: VERSION.minor, session };
  return encodeFrame(hostFrame('hello', body, { address: ONLY_BOARD, poll: false }));
}
