import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { run } from '../../../scripts/cli/run.ts';
import { type Cli, Failed, type Register } from '../../../scripts/cli.ts';
import { terminal } from './terminal.ts';

/** The title of a hall that asks the terminal to clear itself, to change its own title, and to write the rest of the line from the right. */
const HOSTILE = 'บ้านเสาเล้า\u001b[2J\u001b]0;x\u0007\u009b31m\u202eedoc\u0000\r';
const OBEYED = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u;

let said: ReturnType<typeof terminal>;
beforeEach(() => {
  said = terminal();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const speak = (act: (cli: Cli) => void, ...more: string[]) => {
  const verb: Register = (program, cli) => {
    program.command('speak').action(() => act(cli));
  };
  return run(['speak', ...more], [verb]);
};

it('what came from elsewhere is shown and not obeyed', async () => {
  await speak((cli) => cli.say(`${HOSTILE}\nline\ttwo`));
  expect(said.out).toBe(
    'บ้านเสาเล้า<U+001B>[2J<U+001B>]0;x<U+0007><U+009B>31m<U+202E>edoc<U+0000><U+000D>\nline\ttwo\n',
  );
});

it('a failure that quotes it obeys it neither', async () => {
  const words = { en: `no hall ${HOSTILE}`, th: `ไม่มีหอ ${HOSTILE}` };
  const faults = [{ path: HOSTILE, code: 'x', en: HOSTILE, th: HOSTILE }];
  await speak(() => {
    throw new Failed(words, { code: 'x', faults, cause: new Error(HOSTILE) });
  });
  expect(said.err).toContain('no hall บ้านเสาเล้า<U+001B>');
  expect(said.err).not.toMatch(OBEYED);
});

it('a JSON document is the same one, in characters that no terminal obeys', async () => {
  await speak((cli) => cli.print({ name: HOSTILE }), '--json');
  expect(JSON.parse(said.out)).toEqual({ name: HOSTILE });
  expect(said.out).not.toMatch(OBEYED);
});
