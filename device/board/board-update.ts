import { createHash } from 'node:crypto';
import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { BoardImage } from './board-image.ts';
import type { BoardAnswer, BoardRequest } from './board-job.ts';
import type { BoardLink } from './board-link.ts';

export interface UpdateTiming {
  /** A board that was unplugged is waited for so long each time. */
  boardBackMs: number;
  /** Between looks whether it is back. */
  lookMs: number;
  /** Losses of the line in one update; each goes on where the board stopped. */
  breaks: number;
}

export const UPDATE_TIMING: UpdateTiming = { boardBackMs: 60_000, lookMs: 100, breaks: 20 };

const BLOCK_HEAD_BYTES = 4;

export type UpdateProgress = { received: number; bytes: number };

export interface UpdateParts {
  link: BoardLink;
  clock: Clock;
  timing?: UpdateTiming;
  onProgress?: (progress: UpdateProgress) => void;
}

/**
 * Brings an image to a board and starts it (SPEC 9). Goes on after lost lines and lost power where the board stopped. Resolves with
 * the version that runs then. Rejects `panel-refused`: `why` is what the board said, `too-old`, `amplifier-on`, `bad-digest` (the file is
 * not what was signed) or `old-version-runs`; `panel-cannot` for a board that takes none; otherwise as `BoardLink.run`.
 */
export async function updateBoard(image: BoardImage, parts: UpdateParts): Promise<number> {
  const { clock, link, timing = UPDATE_TIMING } = parts;
  const found = createHash('sha256').update(image.data).digest('hex');
  if (found !== image.digest || image.data.length !== image.bytes)
    throw new DeviceError('panel-refused', { why: 'bad-digest', found, bytes: image.data.length });
  for (let breaks = 0; ; breaks++) {
    try {
      await send(image, parts);
      break;
    } catch (error) {
      const isBreak = isDeviceError(error, 'panel-gone') || isDeviceError(error, 'panel-silent');
      if (!isBreak || breaks >= timing.breaks || !(await isBack(link, clock, timing))) throw error;
    }
  }
  return await activate(image, parts, timing);
}

async function send(image: BoardImage, { link, onProgress = () => {} }: UpdateParts): Promise<void> {
  const before = await ready(link);
  if (before.running >= image.version)
    throw new DeviceError('panel-refused', {
      why: 'too-old',
      running: before.running,
      version: image.version,
    });
  const { bytes, version, digest, signature } = image;
  await link.run([{ name: 'update-begin', body: { bytes, version, digest, signature } }]);
  const begun = await stateOf(link);
  if (begun.state !== 'whole') await link.run(blocks(image, begun.received, link, onProgress));
  const state = await stateOf(link);
  onProgress({ received: state.received, bytes });
  if (state.state !== 'whole') throw new DeviceError('panel-refused', { why: 'not-whole', ...state });
}

function* blocks(
  { data, bytes }: BoardImage,
  from: number,
  link: BoardLink,
  onProgress: (progress: UpdateProgress) => void,
): Generator<BoardRequest> {
  for (let offset = from; offset < bytes; ) {
    const room = Math.max(1, link.bodyBytes() - BLOCK_HEAD_BYTES);
    const part = data.subarray(offset, offset + room);
    onProgress({ received: offset, bytes });
    yield { name: 'update-block', body: { offset, data: part } };
    offset += part.length;
  }
}

async function activate(
  { digest, version }: BoardImage,
  { link, clock }: UpdateParts,
  timing: UpdateTiming,
): Promise<number> {
  await ready(link);
  const session = link.board?.session;
  // A board that starts at once may take its acknowledgement with it: what runs afterwards is the answer.
  await link.run([{ name: 'update-activate', body: { digest } }]).catch((error: unknown) => {
    if (isDeviceError(error, 'panel-refused')) throw error;
  });
  if (!(await isBack(link, clock, timing, session))) throw link.whyNot() ?? new DeviceError('panel-silent');
  const { running } = await stateOf(link);
  if (running !== version)
    throw new DeviceError('panel-refused', { why: 'old-version-runs', running, version });
  return running;
}

/** A board that takes firmware, and whose tower is quiet: it would restart in the middle of an announcement. */
async function ready(link: BoardLink): Promise<FrameBody<'update-state'>> {
  const { board } = link;
  if (board === undefined) throw link.whyNot() ?? new DeviceError('panel-gone');
  if (!board.fitted.includes('update')) throw new DeviceError('panel-cannot', { what: 'update' });
  if (board.fitted.includes('amplifier')) {
    const [state] = await link.run([{ name: 'amplifier-ask', body: {} }]);
    if (state?.name === 'amplifier-state' && (state.body.commanded === 'on' || state.body.sensed === 'on'))
      throw new DeviceError('panel-refused', { why: 'amplifier-on' });
  }
  return await stateOf(link);
}

async function stateOf(link: BoardLink): Promise<FrameBody<'update-state'>> {
  const [answer]: BoardAnswer[] = await link.run([{ name: 'update-ask', body: {} }]);
  if (answer?.name === 'update-state') return answer.body;
  throw new DeviceError('panel-silent', { asked: 'update-ask' });
}

/** Whether a session, and another than `other`, is there within the time. */
async function isBack(
  link: BoardLink,
  clock: Clock,
  { boardBackMs, lookMs }: UpdateTiming,
  other?: number,
): Promise<boolean> {
  const until = clock.monotonic() + boardBackMs;
  while (link.board === undefined || link.board.session === other) {
    if (clock.monotonic() >= until) return false;
    await new Promise<void>((resolve) => clock.after(lookMs, resolve));
  }
  return true;
}
