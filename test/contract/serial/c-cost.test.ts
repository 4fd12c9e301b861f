import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { costOf, deepest, hasCortexCompiler } from './cortex-cost.ts';

/** SPEC 13 says what a board costs; here it is measured again. */
const SPEC = readFileSync(new URL('../../../firmware-protocol/serial/SPEC.md', import.meta.url), 'utf8');
/** Another release of the compiler may move a figure a little. */
const TOLERANCE = 0.05;

interface Row {
  sign: string;
  config: Record<string, string>;
  flash: number;
  memory: number;
  stack: number;
}

/** `| 64 x 32 | NAME=value, … | flash | RAM | stack |` */
const rows: Row[] = [
  ...SPEC.matchAll(/^\| (\d+ x \d+[^|]*) \| `([^|]*)` \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$/gm),
].map(([, sign = '', config = '', ...figures]) => {
  const [flash = 0, memory = 0, stack = 0] = figures.map((figure) => Number(figure.replaceAll(',', '')));
  const pairs = config.split(' ').map((pair) => pair.split('='));
  return { sign, config: Object.fromEntries(pairs), flash, memory, stack };
});

test('SPEC 13 tells of a small and of a large sign', () => {
  expect(rows.length).toBeGreaterThanOrEqual(2);
  expect(rows.find(({ sign }) => sign.startsWith('64 x 32'))?.memory).toBeLessThan(20 * 1_024);
});

describe.runIf(hasCortexCompiler())('on a Cortex-M0+', () => {
  test.each(rows)('$sign costs what SPEC 13 says', ({ config, flash, memory, stack }) => {
    const cost = costOf(config);
    const told = { flash, memory, stack };
    for (const what of ['flash', 'memory', 'stack'] as const)
      expect(Math.abs(cost[what] / told[what] - 1), `${what}: ${cost[what]}`).toBeLessThanOrEqual(TOLERANCE);
  });
});

test('the deepest way is found, through pointers too', () => {
  const node = (name: string, bytes: number): string =>
    `node: { title: "${name}" label: "${name}\\nfile.c:1:1\\n${bytes} bytes (static)" }\n`;
  const edge = (from: string, to: string): string =>
    `edge: { sourcename: "${from}" targetname: "${to}" label: "" }\n`;
  const graph = [
    node('main', 8),
    node('prakat_do', 16),
    node('c/prakat_duties.c:do_ping', 100),
    node('c/prakat_duties.c:do_frame', 1_000),
    edge('main', 'prakat_do'),
    edge('prakat_do', '__indirect_call'),
  ].join('');
  expect(deepest(graph)).toBe(124);
  expect(() => deepest(`${graph}${edge('c/prakat_duties.c:do_ping', 'main')}`)).toThrow('recursion');
  expect(() => deepest(`${graph}${edge('main', '__indirect_call')}`)).toThrow('nobody knows');
});
