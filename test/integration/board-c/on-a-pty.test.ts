import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { cBoardProgram, compiler } from '../../../scripts/virtual-board/c-board-program.ts';
import { boxPage, linkOver } from '../serial/world.ts';

const SIZE = { width: 64, height: 32 };
/** Of host_pty.c: pixels a lamp. */
const LAMP_PIXELS = 4;

/** The C board by itself on a pty of its own, gone when the test is. */
async function boardOnPty() {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-c-pty-'));
  const [link, png] = [join(folder, 'board'), join(folder, 'sign.png')];
  const program = cBoardProgram(SIZE) ?? '';
  const board = spawn(program, ['--pty', link, '--png', png], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(board, 'exit');
  const said: string[] = [];
  board.stdout.on('data', (bytes: Buffer) => said.push(...bytes.toString().trimEnd().split('\n')));
  onTestFinished(async () => {
    board.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  await vi.waitFor(() => access(link), { timeout: 5_000 });
  return { board, ended, link, png, said };
}

describe.runIf(compiler() !== undefined)('the C board on a pty', () => {
  test('shows the page of the real link, and pictures it', async () => {
    const { board, ended, link: path, png, said } = await boardOnPty();
    const link = linkOver(path);
    await expect.poll(() => link.board?.width).toBe(64);
    const page = boxPage(64, 32, { x: 8, y: 4, size: 20 });
    await new BoardPanel(link, SIZE).show(page);
    await vi.waitFor(() => expect(said).toContain('shown 1'));

    const seen = await vi.waitFor(async () =>
      sharp(await readFile(png))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true }),
    );
    expect(seen.info).toMatchObject({ width: 64 * LAMP_PIXELS, height: 32 * LAMP_PIXELS, channels: 3 });
    const lamps = Uint8Array.from({ length: page.rgb.length }, (_unused, i) => {
      const [pixel, colour] = [Math.floor(i / 3), i % 3];
      const [x, y] = [pixel % 64, Math.floor(pixel / 64)];
      return seen.data[(y * LAMP_PIXELS * 64 * LAMP_PIXELS + x * LAMP_PIXELS) * 3 + colour] ?? 0;
    });
    expect(lamps).toEqual(page.rgb);

    await link.stop();
    board.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    await expect(access(path)).rejects.toThrow();
  });
});
