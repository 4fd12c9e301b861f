import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';
import { CapAlert } from '../../../server/alerts/cap-schema.ts';
import { readElement } from '../../../server/alerts/read-element.ts';
import type { Reason } from '../../../server/alerts/reasons.ts';
import { isXmlFault } from '../../../server/alerts/xml.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { CANCEL, FLOOD, inner, SCHEMA } from '../../fixtures/cap/fixtures.ts';

/**
 * What an address may look like is read differently by each library, and XML Schema lets nearly any text be one (part 2,
 * 3.2.17). A mistyped link holds no warning back.
 */
const schema = XmlDocument.fromString(SCHEMA.replaceAll('xs:anyURI', 'xs:string'));
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

/** Undefined = it is no XML at all. */
function bySchema(text: string): boolean | undefined {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text);
  } catch {
    return undefined;
  }
  try {
    validator.validate(document);
    return true;
  } catch {
    return false;
  } finally {
    document.dispose();
  }
}

function byUs(text: string): Reason[] | undefined {
  const read = readXml(text, ({ root }) => {
    const element = readElement(root, CapAlert);
    return element.ok ? [] : element.reasons;
  });
  return isXmlFault(read) ? undefined : read;
}

/** What CAP asks in words beyond its schema: here we may be stricter. */
const STRICTER: ReadonlySet<string> = new Set(['name', 'time', 'polygon', 'circle', 'deref-uri']);

function expectSame(text: string, what: string): void {
  const ours = byUs(text);
  const isTheirs = bySchema(text);
  if (isTheirs === true) {
    const beyond = (ours ?? []).filter(({ code }) => !STRICTER.has(code));
    expect(beyond, `${what}\n${text}`).toEqual([]);
  } else expect(ours, `${what}\n${text}`).not.toEqual([]);
}

/** Each leaves XML, mostly; what it makes of an alert is for the schema to say. */
const MUTATIONS: [name: string, mutate: (lines: string[], pick: (below: number) => number) => void][] = [
  ['a line gone', (lines, pick) => void lines.splice(pick(lines.length), 1)],
  [
    'a line twice',
    (lines, pick) => void lines.splice(pick(lines.length), 0, lines[pick(lines.length)] ?? ''),
  ],
  [
    'two lines changed places',
    (lines, pick) => {
      const at = pick(lines.length - 1);
      lines.splice(at, 2, lines[at + 1] ?? '', lines[at] ?? '');
    },
  ],
  [
    'a line moved',
    (lines, pick) => void lines.splice(pick(lines.length), 0, ...lines.splice(pick(lines.length), 1)),
  ],
  [
    'a value gone',
    (lines, pick) => {
      const at = pick(lines.length);
      lines[at] = (lines[at] ?? '').replace(/>[^<>]+</, '><');
    },
  ],
  [
    'a value of another',
    (lines, pick) => {
      const value = />([^<>]+)</.exec(lines[pick(lines.length)] ?? '')?.[1] ?? 'x';
      const at = pick(lines.length);
      lines[at] = (lines[at] ?? '').replace(/>[^<>]+</, () => `>${value}<`);
    },
  ],
  [
    'a letter of a value',
    (lines, pick) => {
      const at = pick(lines.length);
      lines[at] = (lines[at] ?? '').replace(/>([^<>]+)</, (_whole, value: string) => {
        const where = pick(value.length);
        return `>${value.slice(0, where)}${' -+:T0กx.,'[pick(10)]}${value.slice(where + 1)}<`;
      });
    },
  ],
  [
    'another name',
    (lines, pick) => {
      const at = pick(lines.length);
      const name = ['scope', 'area', 'info', 'value', 'language', 'size'][pick(6)];
      lines[at] = (lines[at] ?? '').replace(/<(\/?)(?:cap:)?\w+>/g, `<$1${name}>`);
    },
  ],
];

const RUNS = Number(process.env.PRAKAT_CAP_RUNS ?? 1_500);
const SEED = Number(process.env.PRAKAT_SEEDS ?? 260);

describe('our table of CAP 1.2 and the schema of OASIS', () => {
  it('agree on our alerts', () => {
    for (const text of [FLOOD, CANCEL]) {
      expect(bySchema(text)).toBe(true);
      expect(byUs(text)).toEqual([]);
    }
  });

  it(`agree on ${RUNS} alerts that were changed at random (seed ${SEED})`, () => {
    const random = new SeededRandom(SEED);
    const pick = (below: number) => Math.floor(random.fraction() * below);
    const seen = { valid: 0, invalid: 0, notXml: 0 };
    for (let run = 0; run < RUNS; run++) {
      const lines = inner(run % 8 === 0 ? CANCEL : FLOOD).split('\n');
      const [name, mutate] = MUTATIONS[pick(MUTATIONS.length)] ?? MUTATIONS[0] ?? ['', () => {}];
      mutate(lines, pick);
      const text = lines.join('\n');
      const verdict = bySchema(text);
      seen[verdict === undefined ? 'notXml' : verdict ? 'valid' : 'invalid'] += 1;
      expectSame(text, `seed ${SEED}, run ${run}: ${name}`);
    }
    expect(seen.valid).toBeGreaterThan(RUNS / 20);
    expect(seen.invalid).toBeGreaterThan(RUNS / 20);
  });
});
