import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { ProgressLine } from '../../../scripts/cli/progress-line.ts';

function line(isTTY: boolean) {
  const stream = new PassThrough();
  const terminal = { isTTY, write: (text: string) => stream.write(text) };
  return { line: new ProgressLine(terminal), written: () => String(stream.read() ?? '') };
}

it('grows on a terminal, in one line, and goes away', () => {
  const { line: progress, written } = line(true);
  progress.show('preparing', 0.25);
  expect(written()).toBe(`\r\u001b[Kpreparing  ${'█'.repeat(6)}${'░'.repeat(18)}  25 %`);
  progress.show('preparing', 7);
  expect(written()).toContain('100 %');
  progress.clear();
  expect(written()).toBe('\r\u001b[K');
  progress.clear();
  expect(written()).toBe('');
});

it('writes nothing into a file or a pipe', () => {
  const { line: progress, written } = line(false);
  progress.show('preparing', 0.5);
  progress.clear();
  expect(written()).toBe('');
});
