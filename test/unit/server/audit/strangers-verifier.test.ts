import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AUDIT_START,
  type AuditHead,
  chained,
  followChain,
} from '../../../../firmware-protocol/content/audit.ts';

/** What a member may hold: Thai, names beyond the BMP (which sort by UTF-16), and numbers as ECMAScript writes them. */
const DOCUMENTS = [
  { to: ['43'], text: 'น้ำท่วม "โปรดระวัง"\nย้ายของขึ้นที่สูง' },
  { '\u{1F600}': 1, '￾': 2, ก: 3 },
  {
    numbers: [0, -0, 1.5, 1e21, 1e-7, 123456789012345680000, 0.000001, -2.5e-9, 5e-324, 100, 1e300, 17.8745],
  },
  { nested: { b: [true, null, { a: '\u0007' }], a: '' } },
];

let folder: string;
let lines: string[];
let heads: AuditHead[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-audit-'));
  heads = [AUDIT_START];
  lines = DOCUMENTS.map((document) => {
    const entry = chained(heads.at(-1) ?? AUDIT_START, {
      ...{ at: '2026-11-26T18:00:00.000+07:00', who: 'somchai', act: 'request/push', outcome: 'asked' },
      document,
    });
    heads.push(entry);
    return JSON.stringify(entry);
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function verify(written: string[], ...more: string[]): Promise<{ code: number; out: string }> {
  const path = join(folder, 'audit.jsonl');
  await writeFile(path, `${written.join('\n')}\n`);
  return promisify(execFile)('python3', ['scripts/audit-verify.py', path, ...more]).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    ({ code, stdout }) => ({ code, out: stdout }),
  );
}
const shown = ({ n, hash }: AuditHead = AUDIT_START) => `${n}:${hash}`;

describe("a stranger's script", () => {
  it('knows nothing of ours', async () => {
    const source = await readFile('scripts/audit-verify.py', 'utf8');
    const imports = [...source.matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name);
    expect(imports).toEqual(['argparse', 'hashlib', 'json', 'sys']);
  });

  it('calls an audit without a line what it is', async () => {
    const path = join(folder, 'empty.jsonl');
    await writeFile(path, '');
    const { stdout } = await promisify(execFile)('python3', ['scripts/audit-verify.py', path]);
    expect(stdout).toBe('nothing has been written yet: there is no line\n');
  });

  it('finds a whole chain whole', async () => {
    expect(await verify(lines)).toEqual({ code: 0, out: `whole: 4 lines, head ${shown(heads[4])}\n` });
    expect(followChain(lines, AUDIT_START)).toMatchObject({ head: { n: 4 } });
  });

  const line = (at: number) => lines[at] ?? '';
  it.each<[string, number, () => string[]]>([
    ['a word changed', 1, () => [line(0).replace('น้ำท่วม', 'น้ำลด'), ...lines.slice(1)]],
    ['a line taken out', 3, () => [line(0), line(1), line(3)]],
    ['a line twice', 2, () => [line(0), line(0), ...lines.slice(1)]],
    ['two lines swapped', 2, () => [line(0), line(2), line(1), line(3)]],
    ['the first line taken out', 1, () => lines.slice(1)],
    ['a line that is no JSON', 2, () => [line(0), '{"n":2,', ...lines.slice(2)]],
    ['a line made anew with a right hash of its own', 3, () => forged()],
  ])('finds %s, in line %i, as ours does', async (_what, at, tampered) => {
    const { code, out } = await verify(tampered());
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining(`line ${at}:`) });
    expect(followChain(tampered(), AUDIT_START).fault?.line).toBe(at);
  });

  /** Line 2 says something else and is hashed right: the line after it does not follow any more. */
  function forged(): string[] {
    const { n, prev, hash: _hash, ...fact } = JSON.parse(line(1));
    const other = chained({ n: n - 1, hash: prev }, { ...fact, who: 'malee' });
    return [line(0), JSON.stringify(other), ...lines.slice(2)];
  }

  it('finds that the end was cut off, by a head that was noted', async () => {
    expect(await verify(lines.slice(0, 2))).toMatchObject({ code: 0 });
    expect(await verify(lines.slice(0, 2), '--head', shown(heads[3]))).toMatchObject({ code: 1 });
    expect(await verify(lines, '--head', shown(heads[3]))).toMatchObject({ code: 0 });
  });

  it('finds that an old copy was restored and went on otherwise, by a head that was noted', async () => {
    const fact = {
      at: '2026-11-27T09:00:00.000+07:00',
      who: 'malee',
      act: 'request/stop',
      outcome: 'asked' as const,
    };
    const [third, fourth] = [chained(heads[2] ?? AUDIT_START, fact)].flatMap((one) => [
      one,
      chained(one, fact),
    ]);
    const restored = [...lines.slice(0, 2), JSON.stringify(third), JSON.stringify(fourth)];
    // It is whole by itself: only what somebody noted elsewhere tells.
    expect(await verify(restored)).toMatchObject({ code: 0 });
    expect(await verify(restored, '--head', shown(heads[4]))).toMatchObject({ code: 1 });
    expect(await verify(restored.slice(2), '--after', shown(heads[3]))).toMatchObject({ code: 1 });
    expect(followChain(restored.slice(3), heads[3] ?? AUDIT_START).fault?.line).toBe(1);
  });

  it('goes on from an earlier export', async () => {
    expect(await verify(lines.slice(2), '--after', shown(heads[2]))).toMatchObject({ code: 0 });
    expect(await verify(lines.slice(2), '--after', shown(heads[1]))).toMatchObject({ code: 1 });
  });
});
