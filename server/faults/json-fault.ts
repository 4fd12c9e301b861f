import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';

type Token = 'open' | 'close' | 'colon' | 'comma' | 'string' | 'scalar';
type Expected = 'value' | 'value or ]' | 'key or }' | 'key' | 'colon' | 'comma or end' | 'end';

const TOKEN =
  /[ \t\n\r]*(?:(?<open>[{[])|(?<close>[}\]])|(?<colon>:)|(?<comma>,)|(?<string>"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<scalar>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true\b|false\b|null\b))/uy;

const EXPECTED_THAI: Record<Expected, string> = {
  value: 'ค่า',
  'value or ]': 'ค่า หรือ ]',
  'key or }': 'ชื่อคีย์ในเครื่องหมาย "…" หรือ }',
  key: 'ชื่อคีย์ในเครื่องหมาย "…"',
  colon: 'เครื่องหมาย :',
  'comma or end': 'เครื่องหมาย , หรือวงเล็บปิด',
  end: 'จุดสิ้นสุดของข้อมูล',
};
const EXPECTED_ENGLISH: Record<Expected, string> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  'key or }': 'a key in "…" or }',
  key: 'a key in "…"',
  colon: 'a colon',
  'comma or end': 'a comma or the closing bracket',
  end: 'nothing more',
};

/**
 * Where text that is not JSON (RFC 8259) goes wrong: line, column, what was expected there. The engine's own message
 * names no position in Node 20. Iterative, so that 256 KB of `[` cost no stack.
 */
export function jsonFault(text: string): Fault {
  const { offset, expected } = firstFault(text);
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = [...(before.at(-1) ?? '')].length + 1;
  const found = text.slice(offset, offset + 12).split('\n')[0] ?? '';
  const there = offset >= text.length;
  return {
    path: '',
    code: 'json-broken',
    en: `line ${line}, column ${column}: expected ${EXPECTED_ENGLISH[expected]}, found ${there ? 'the end' : JSON.stringify(found)}`,
    th: `บรรทัด ${line} ตัวที่ ${column}: ควรเป็น${EXPECTED_THAI[expected]} แต่พบ${there ? 'จุดสิ้นสุดของข้อมูล' : ` ${JSON.stringify(found)}`}`,
  };
}

function firstFault(text: string): { offset: number; expected: Expected } {
  const open: string[] = [];
  const reader = new RegExp(TOKEN);
  let expected: Expected = 'value';
  for (;;) {
    const from = reader.lastIndex;
    const groups = reader.exec(text)?.groups;
    const token = tokenOf(groups);
    const next: Expected | undefined = token && step(expected, token, groups?.[token] ?? '', open);
    if (next === undefined) return { offset: from + spaceAt(text, from), expected };
    expected = next;
  }
}

const spaceAt = (text: string, from: number): number => /^[ \t\n\r]*/.exec(text.slice(from))?.[0].length ?? 0;

const TOKENS: Token[] = ['open', 'close', 'colon', 'comma', 'string', 'scalar'];
function tokenOf(groups: Record<string, string | undefined> | undefined): Token | undefined {
  return TOKENS.find((name) => groups?.[name] !== undefined);
}

/** What may follow `token`; undefined when it may not stand there. `open` is the stack of brackets. */
function step(expected: Expected, token: Token, text: string, open: string[]): Expected | undefined {
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'comma or end');
  const wantsValue = expected === 'value' || expected === 'value or ]';
  const wantsKey = expected === 'key' || expected === 'key or }';
  if (token === 'open' && wantsValue) {
    open.push(text);
    return text === '{' ? 'key or }' : 'value or ]';
  }
  if (token === 'close' && open.at(-1) === (text === '}' ? '{' : '[')) {
    if (expected !== 'comma or end' && expected !== 'key or }' && expected !== 'value or ]') return undefined;
    open.pop();
    return afterValue();
  }
  if (token === 'string' && wantsKey) return 'colon';
  if ((token === 'string' || token === 'scalar') && wantsValue) return afterValue();
  if (token === 'colon' && expected === 'colon') return 'value';
  if (token === 'comma' && expected === 'comma or end') return open.at(-1) === '{' ? 'key' : 'value';
  return undefined;
}
