import { Argument, Option } from 'commander';
import { afterEach, expect, it, vi } from 'vitest';
import { run } from '../../../scripts/cli/run.ts';
import type { Register } from '../../../scripts/cli.ts';
import { terminal } from './terminal.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const ring: Register = (program) => {
  program
    .command('ring')
    .addArgument(new Argument('<bell>').choices(['big', 'small']))
    .addOption(new Option('--chime <name>').choices(['ding', 'none']));
};

it.each([
  ['an option', ['ring', 'big', '--chime', 'ดัง'], '--chime <name> ต้องเป็นหนึ่งใน ding, none ไม่ใช่ "ดัง"'],
  ['an argument', ['ring', 'loud'], '<bell> ต้องเป็นหนึ่งใน big, small ไม่ใช่ "loud"'],
])(
  '%s of another name than there are is told in Thai, with those that there are',
  async (_what, argv, words) => {
    const said = terminal();
    expect(await run([...argv, '--lang', 'th'], [ring])).toBe(2);
    expect(said.err).toBe(`prakat: ${words}\n`);
  },
);
