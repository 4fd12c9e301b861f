import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { plugIn } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { PATIENCE, Stage } from '../agent/stage.ts';

const SIZE = { width: 128, height: 32 };

test('a page of letters on the sign, reported as a play, one at a time', async () => {
  const stage = await Stage.open();
  const board = new VirtualBoard(SIZE);
  const plug = await plugIn(board, stage.folder);
  onTestFinished(() => plug.unplug());
  const { agent } = await stage.hall({ board: { line: plug.spec, panel: SIZE } });
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const box = new LocalAgent(join(stage.folder, 'data'));
  const tested = box.ask('sign-test', { seconds: 2 });
  await expect(box.ask('sign-test', {})).rejects.toMatchObject({ code: 'busy' });
  const { play, outcome, panel } = await tested;
  expect({ outcome, crc: panel?.board_crc }).toEqual({ outcome: 'finished', crc: panel?.crc });
  expect(play).toMatch(/^local\/test\/\d{8}T\d{9}$/);
  await vi.waitFor(() => expect(stage.ends(play)).toEqual(['panel finished']), PATIENCE);

  const seen: string[] = [];
  board.display.onShown = () =>
    seen.push(Buffer.from(board.display.bitmap().rgb.subarray(0, 3)).toString('hex'));
  const lamps = await box.ask('sign-lamps', { seconds: 2 });
  expect(lamps).toMatchObject({ outcome: 'finished', panel: { pages: 6 } });
  expect(seen.slice(0, 4)).toEqual(['ff0000', '00ff00', '0000ff', 'ffffff']);
}, 60_000);
