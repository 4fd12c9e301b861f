import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Plug, plugIn } from '../../virtual-board/plug.ts';
import { VirtualBoard } from '../../virtual-board/virtual-board.ts';
import type { WireFaults } from '../../virtual-board/wire.ts';
import type { FarAnswer, FarOrder, FarPlan } from './far-end.ts';

/** `serial-far-end`: started by a benchmark with an IPC channel, ends with it. */

const BITS_PER_BYTE = 10;

const arrivals: { bytes: number; tell: () => void }[] = [];
let plug: Plug | undefined;
let board: VirtualBoard | undefined;
let folder = '';
let pace: WireFaults = {};
let bytes = 0;

async function plugged({ baud, kind, width, height, window, flipOneBitIn }: FarPlan): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'prakat-far-'));
  if (kind === 'board') board = new VirtualBoard({ width, height, ...(window && { window }) });
  pace = { bytesPerSecond: baud / BITS_PER_BYTE };
  const faults = { ...pace, ...(flipOneBitIn && { flipOneBitIn }) };
  plug = await plugIn({ receive }, folder, { toBoard: faults, toHost: faults });
}

function receive(chunk: Uint8Array): Uint8Array[] {
  bytes += chunk.length;
  for (let at = arrivals.length - 1; at >= 0; at--)
    if (bytes >= (arrivals[at]?.bytes ?? 0)) arrivals.splice(at, 1)[0]?.tell();
  return board?.receive(chunk) ?? [];
}

function answer(): FarAnswer {
  const at = Number(process.hrtime.bigint()) / 1e6;
  return { spec: plug?.spec ?? '', bytes, pages: board?.display.pages ?? 0, at };
}

async function obey(order: FarOrder): Promise<FarAnswer> {
  if (order.name === 'plug') await plugged(order.plan);
  if (order.name === 'faults' && plug !== undefined) {
    plug.toBoard.faults = { ...pace, ...order.faults };
    plug.toHost.faults = { ...pace, ...order.faults };
  }
  if (order.name === 'arrival' && bytes < order.bytes)
    return await new Promise((resolve) =>
      arrivals.push({ bytes: order.bytes, tell: () => resolve(answer()) }),
    );
  return answer();
}

process.on('message', (message) => {
  // From the benchmark that started this process, built from the same sources: not outside data.
  const { id, order } = message as { id: number; order: FarOrder };
  void obey(order).then((said) => process.send?.({ id, answer: said }));
});
process.once('disconnect', async () => {
  await plug?.unplug();
  await rm(folder, { recursive: true, force: true });
  process.exit();
});
