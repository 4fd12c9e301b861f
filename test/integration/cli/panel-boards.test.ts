import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { holderOf } from '../../../scripts/technician/port-holder.ts';
import { ptyAvailable } from '../../../scripts/virtual-board/pty.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { panel, panelJson, plugged } from './panel-verbs.ts';

const THAI = /[\u0e01-\u0e5b]/;

test('a board tells what it is and what it measures, in both languages', async () => {
  const board = new VirtualBoard({ width: 128, height: 64 });
  const { spec } = await plugged(board);
  const english = await panel('boards', '--line', spec);
  expect(english).toMatchObject({ code: 0, err: '' });
  expect(english.out).toContain('board: 00000000c0ffee01');
  expect(english.out).toContain('sign: 128x64 rgb565');
  expect(english.out).toContain('amplifier: told off');
  const thai = await panel('boards', '--line', spec, '--lang', 'th');
  expect(thai.out).toContain('ป้าย: 128x64');
});

test('a board of 1.0 is asked only what it knows', async () => {
  const { spec } = await plugged(new VirtualBoard({ width: 64, height: 32, minor: 0 }));
  const { code, document } = await panelJson('boards', '--line', spec);
  expect(code).toBe(0);
  expect(document).toMatchObject({ welcome: { width: 64, minor: 0 }, refused: [] });
  expect(document.measure).toBeUndefined();
});

test('lines --ask tells who answers, and a silent line is a row of the answer', async () => {
  const board = new VirtualBoard({ width: 96, height: 48, address: 3 });
  const { spec } = await plugged(board);
  const { code, document } = await panelJson('lines', '--ask', '--line', spec, '--addresses', '2-3');
  expect(code).toBe(0);
  expect(document.lines).toEqual([
    { path: spec, boards: [expect.objectContaining({ address: 3, width: 96, height: 48 })] },
  ]);
});

test('a line that is not there, one that says nothing, and one that is no line', async () => {
  const gone = await panelJson('boards', '--line', '/dev/no-such-port');
  expect(gone).toMatchObject({ code: 1, document: { error: { code: 'panel-gone' } } });
  expect(gone.document.error.th).toMatch(THAI);

  const mute = new VirtualBoard({ width: 32, height: 16 });
  mute.silent = true;
  const { spec } = await plugged(mute);
  const silent = await panelJson('boards', '--line', spec);
  expect(silent).toMatchObject({ code: 1, document: { line: spec, error: { code: 'panel-silent' } } });

  const wrong = await panelJson('boards', '--line', 'ttyUSB0');
  expect(wrong).toMatchObject({ code: 2, document: { error: { code: 'wrong-usage' } } });
  expect((await panelJson('boards')).code).toBe(2);
  expect((await panelJson('lines', '--addresses', '0-400')).code).toBe(2);
});

test.runIf(ptyAvailable())('a port that another program holds is named with that program', async () => {
  const { spec } = await plugged(new VirtualBoard({ width: 32, height: 16 }));
  const other = spawn('flock', ['--no-fork', spec, 'sleep', '60']);
  onTestFinished(() => void other.kill());
  await expect.poll(() => holderOf(spec)).toEqual({ pid: other.pid, program: 'sleep' });
  const { code, document, err } = await panelJson('boards', '--line', spec);
  expect(code).toBe(1);
  expect(document).toMatchObject({ error: { code: 'line-held' }, heldBy: { pid: other.pid } });
  expect(err).toContain(`sleep, pid ${other.pid}`);
  const listed = await panelJson('lines', '--ask', '--line', spec);
  expect(listed).toMatchObject({ code: 0, document: { lines: [{ failed: { code: 'line-held' } }] } });
});
