import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../firmware-protocol/serial/c', import.meta.url));
const CC = 'arm-none-eabi-gcc';
const CPU = ['-mcpu=cortex-m0plus', '-mthumb'];
const STRICT = ['-std=c99', '-Wall', '-Wextra', '-Wconversion', '-pedantic', '-Werror'];
const SMALL = ['-Os', '-ffunction-sections', '-fdata-sections', '-fcallgraph-info=su'];
const LINK = ['-nostartfiles', '--specs=nano.specs', '--specs=nosys.specs', '-Wl,--gc-sections,-e,main'];

/** Which functions a call through a pointer may reach, by the function that calls; the core has no others. */
const THROUGH_POINTERS: [from: RegExp, to: RegExp][] = [
  [/^prakat_do$/, /^do_(?!afterwards|frame)/],
  [/prakat_inflate\.c:/, /prakat_surface\.c:(put|get)$/],
];

/** Bytes. `stack`: the deepest way down from main, without interrupts and the C library. */
export interface Cost {
  flash: number;
  memory: number;
  stack: number;
}

export function hasCortexCompiler(): boolean {
  return spawnSync(CC, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** What the core costs on a Cortex-M0+ in this configuration, as compiled here. */
export function costOf(config: Record<string, string>): Cost {
  const made = mkdtempSync(join(tmpdir(), 'prakat-cortex-'));
  try {
    const defines = Object.entries(config).map(([name, value]) => `-DPRAKAT_${name}=${value}`);
    const objects = sources().map((source) => {
      const object = join(made, `${basename(source, '.c')}.o`);
      run(CC, [...STRICT, ...SMALL, ...CPU, ...defines, `-I${FOLDER}`, '-c', source, '-o', object]);
      return object;
    });
    const program = join(made, 'board.elf');
    run(CC, [...CPU, ...LINK, ...objects, '-o', program]);
    const [text = 0, data = 0, bss = 0] = (run('arm-none-eabi-size', [program]).split('\n')[1] ?? '')
      .trim()
      .split(/\s+/)
      .map(Number);
    const graphs = readdirSync(made).filter((name) => name.endsWith('.ci'));
    const stack = deepest(graphs.map((name) => readFileSync(join(made, name), 'utf8')).join('\n'));
    return { flash: text + data, memory: data + bss, stack };
  } finally {
    rmSync(made, { recursive: true });
  }
}

function sources(): string[] {
  const core = readdirSync(FOLDER).filter((name) => name.endsWith('.c'));
  return [...core, 'cortex-m0plus/bare.c'].map((name) => join(FOLDER, name));
}

function run(program: string, words: string[]): string {
  const done = spawnSync(program, words, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program} ${words.join(' ')}\n${done.stderr}`);
  return done.stdout;
}

/** The deepest way down in gcc's call graph. Throws for recursion: the core has none, and no pointer without a row above. */
export function deepest(graph: string): number {
  const own = new Map<string, number>();
  const calls = new Map<string, Set<string>>();
  for (const [, name = '', bytes] of graph.matchAll(
    /^node: \{ title: "([^"]+)" label: "[^"]*?(\d+) bytes \(\w+\)/gm,
  ))
    own.set(name, Number(bytes));
  for (const [, from = '', to = ''] of graph.matchAll(
    /^edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"/gm,
  ))
    calls.set(from, (calls.get(from) ?? new Set()).add(to));
  const reached = (from: string, to: string): string[] => {
    if (to !== '__indirect_call') return [to];
    const row = THROUGH_POINTERS.find(([caller]) => caller.test(from));
    if (row === undefined) throw new Error(`${from} calls through a pointer that nobody knows`);
    return [...own.keys()].filter((name) => row[1].test(name.replace(/^.*prakat_duties\.c:/, '')));
  };
  const depthOf = (name: string, above: readonly string[]): number => {
    if (above.includes(name)) throw new Error(`recursion: ${[...above, name].join(' > ')}`);
    const below = [...(calls.get(name) ?? [])]
      .flatMap((to) => reached(name, to))
      .map((to) => depthOf(to, [...above, name]));
    return (own.get(name) ?? 0) + Math.max(0, ...below);
  };
  return depthOf('main', []);
}
