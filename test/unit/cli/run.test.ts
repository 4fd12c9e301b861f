import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { run } from '../../../scripts/cli/run.ts';
import { type Cli, Failed, Misused, type Register } from '../../../scripts/cli.ts';
import { terminal } from './terminal.ts';

let said: ReturnType<typeof terminal>;
beforeEach(() => {
  said = terminal();
  vi.stubEnv('PRAKAT_DEBUG', '');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** A verb `speak <what> --to <area>` that does as it is told. */
const speak =
  (act: (cli: Cli) => void | Promise<void>): Register =>
  (program, cli) => {
    program
      .command('speak')
      .argument('<what>')
      .requiredOption('--to <area>')
      .action(() => act(cli));
  };
const say = (act: (cli: Cli) => void | Promise<void>, ...more: string[]) =>
  run(['speak', 'word', '--to', '43', ...more], [speak(act)]);
const quiet: Register = (program, cli) => {
  speak(() => {})(program, cli);
  const people = program.command('people').action(() => {});
  people.command('add');
  people.command('close');
};

describe('a verb that did its work', () => {
  const done = (cli: Cli) => {
    cli.tell({ en: 'done', th: 'เสร็จแล้ว' });
    cli.progress('half', 0.5);
    cli.print({ n: 1 });
  };

  it('speaks to a person on stdout, in the language of the person', async () => {
    expect(await say(done, '--lang', 'th')).toBe(0);
    expect([said.out, said.err]).toEqual(['เสร็จแล้ว\n', '']);
  });

  it('prints one document with --json, and speaks on stderr', async () => {
    expect(await say(done, '--json')).toBe(0);
    expect([said.out, said.err]).toEqual(['{"n":1}\n', 'done\n']);
  });
});

describe('a verb that failed', () => {
  const faults = [{ path: 'to[1]', code: 'x', en: 'no area 99', th: 'ไม่มีพื้นที่ 99' }];
  const fail = () => {
    const cause = new TypeError('fetch failed', {
      cause: new AggregateError([new Error('ECONNREFUSED ::1')], ''),
    });
    throw new Failed(
      { en: 'out of reach', th: 'ติดต่อไม่ได้' },
      { code: 'unreachable', document: { order: 7 }, faults, cause },
    );
  };

  it.each([
    ['en', 'prakat: out of reach (fetch failed: ECONNREFUSED ::1)\n  to[1]: no area 99\n'],
    ['th', 'prakat: ติดต่อไม่ได้ (fetch failed: ECONNREFUSED ::1)\n  to[1]: ไม่มีพื้นที่ 99\n'],
  ])('says why in %s, with the causes in one line', async (lang, words) => {
    expect(await say(fail, '--lang', lang)).toBe(1);
    expect([said.out, said.err]).toEqual(['', words]);
  });

  it('names the line of a table in the language of the person', async () => {
    const table = [{ path: 'line 3, code', code: 'x', en: 'no village', th: 'ไม่ใช่หมู่บ้าน' }];
    const failing = () => {
      throw new Failed({ en: 'faults', th: 'มีที่ผิด' }, { faults: table });
    };
    await say(failing, '--lang', 'th');
    expect(said.err).toBe('prakat: มีที่ผิด\n  บรรทัด 3, code: ไม่ใช่หมู่บ้าน\n');
  });

  it('prints what it knows and its error with --json', async () => {
    expect(await say(fail, '--json')).toBe(1);
    const error = { code: 'unreachable', en: 'out of reach', th: 'ติดต่อไม่ได้', faults };
    expect(JSON.parse(said.out)).toEqual({ order: 7, error });
  });

  it('says what is to be done behind the cause, on a line of its own', async () => {
    const failing = () => {
      const failed = new Failed({ en: 'lost', th: 'ขาด' }, { code: 'lost', cause: 'the cable' });
      throw failed.andSays({ en: 'again: prakat x', th: 'อีกครั้ง: prakat x' }, { order: 7 });
    };
    expect(await say(failing, '--json')).toBe(1);
    expect(said.err).toBe('prakat: lost (the cable)\nagain: prakat x\n');
    expect(JSON.parse(said.out)).toMatchObject({ order: 7, error: { code: 'lost' } });
  });

  it('puts a single fault that says the same before it', async () => {
    const [fault] = faults;
    await say(() => {
      throw new Failed({ en: 'no area 99', th: 'ไม่มีพื้นที่ 99' }, { faults: fault ? [fault] : [] });
    });
    expect(said.err).toBe('prakat: to[1]: no area 99\n');
  });

  it('shows no stack of an unexpected error, but for PRAKAT_DEBUG=1', async () => {
    const broken = () => Promise.reject(new Error('first\nsecond', { cause: 'the third' }));
    expect(await say(broken)).toBe(1);
    expect(said.err).toBe('prakat: something unexpected happened: first; second: the third\n');
    vi.stubEnv('PRAKAT_DEBUG', '1');
    await say(broken);
    expect(said.err).toContain('run.test.ts');
  });
});

describe('what the system refused', () => {
  const touch = () =>
    Promise.reject(
      Object.assign(new Error("EACCES: permission denied, mkdir '/srv'"), {
        code: 'EACCES',
        syscall: 'mkdir',
        path: '/srv',
      }),
    );

  it.each([
    ['en', "prakat: cannot use /srv: EACCES: permission denied, mkdir '/srv'\n"],
    ['th', 'prakat: ใช้ /srv ไม่ได้: ไม่มีสิทธิ์, EACCES\n'],
  ])('is told with its place, in %s', async (lang, words) => {
    expect(await say(touch, '--lang', lang)).toBe(1);
    expect(said.err).toBe(words);
  });

  it('is said in Thai also where it lies behind words of ours', async () => {
    const failing = () => {
      const cause = new TypeError('fetch failed', {
        cause: Object.assign(new Error('connect ECONNREFUSED ::1'), { code: 'ECONNREFUSED' }),
      });
      throw new Failed({ en: 'out of reach', th: 'ติดต่อไม่ได้' }, { cause });
    };
    await say(failing, '--lang', 'th');
    expect(said.err).toBe('prakat: ติดต่อไม่ได้ (ไม่มีโปรแกรมรับการเชื่อมต่อที่นั่น, ECONNREFUSED)\n');
  });
});

describe('wrong usage', () => {
  it.each([
    ['no verb', [], 'Usage:'],
    ['an unknown verb', ['spaek'], 'there is no command "spaek"; did you mean speak?'],
    ['no argument', ['speak', '--to', '43'], '<what> is needed'],
    ['no option', ['speak', 'x'], '--to <area> is needed'],
    ['no value', ['speak', 'x', '--to'], '--to <area> needs a value'],
    [
      'an unknown option',
      ['speak', 'x', '--to', '43', '--too', '1'],
      'there is no option --too; did you mean --to?',
    ],
    [
      'a word behind a verb that has commands of its own',
      ['people', 'lsit'],
      'behind "people" stands one of add, close',
    ],
    ['words without quotation marks', ['speak', 'น้ำ', 'ท่วม', '--to', '43'], 'quotation marks'],
    ['a language that is none', ['speak', 'x', '--lang', 'fr'], '--lang is "th" or "en"'],
  ])('%s', async (_what, argv, words) => {
    expect(await run(argv, [quiet])).toBe(2);
    expect(said.out).toBe('');
    expect(said.err).toContain(words);
  });

  it('is told in Thai too, and as a document with --json', async () => {
    expect(await run(['speak', 'x', '--json', '--lang', 'th'], [quiet])).toBe(2);
    expect(said.err).toBe('prakat: ต้องระบุ --to <area>\n');
    expect(JSON.parse(said.out)).toEqual({
      error: { code: 'wrong-usage', en: '--to <area> is needed', th: 'ต้องระบุ --to <area>', faults: [] },
    });
  });

  it('of a verb that sees it itself', async () => {
    const misuse = () => {
      throw new Misused({ en: 'not both', th: 'เลือกอย่างเดียว' });
    };
    expect(await say(misuse)).toBe(2);
    expect(said.err).toBe('prakat: not both\n');
  });
});

it('says which version it is', async () => {
  expect(await run(['--version'], [quiet])).toBe(0);
  expect(said.out).toBe(`${packageJson.version}\n`);
});

it('help is a success; with --json stdout stays free', async () => {
  expect(await run(['speak', '--help'], [quiet])).toBe(0);
  expect(said.out).toContain('Usage: prakat speak');
  said.out = '';
  expect(await run(['speak', '--help', '--json', '--lang', 'th'], [quiet])).toBe(0);
  expect(said.out).toBe('');
  expect(said.err).toContain('วิธีใช้: prakat speak');
});
