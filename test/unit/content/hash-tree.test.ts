import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rootBy, treeOf } from '../../../firmware-protocol/content/hash-tree.ts';

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leaf = (text: string) => sha256('\u0000', text);
const node = (left: Buffer, right: Buffer) => sha256('\u0001', left, right);

/** RFC 6962, 2.1, word for word: split at the largest power of two below the number of leaves. */
function rootInWords(texts: readonly string[]): Buffer {
  if (texts.length === 1) return leaf(texts[0] ?? '');
  const split = 2 ** Math.ceil(Math.log2(texts.length) - 1);
  return node(rootInWords(texts.slice(0, split)), rootInWords(texts.slice(split)));
}

const texts = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 70 });
const place = (of: number, at: number, path: readonly string[]) => ({ at, of, path });

describe('a tree of hashes', () => {
  it('has the root of RFC 6962, and each leaf its path to it', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const { root, paths } = treeOf(all);
        expect(root).toBe(rootInWords(all).toString('hex'));
        for (const [at, path] of paths.entries())
          expect(rootBy(all[at] ?? '', place(all.length, at, path))).toBe(root);
      }),
    );
  });

  it('leads nothing else there: another text, place, length or path', () => {
    const forged = fc.record({
      text: fc.string(),
      at: fc.integer({ min: -1, max: 70 }),
      of: fc.integer({ min: 1, max: 70 }),
      path: fc.array(fc.stringMatching(/^[0-9a-f]{64}$/), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 70 }),
        forged,
        fc.nat(),
        (all, lie, n) => {
          const { root, paths } = treeOf(all);
          const at = n % all.length;
          const path = paths[at] ?? [];
          const text = all[at] ?? '';
          if (lie.text !== text) expect(rootBy(lie.text, place(all.length, at, path))).not.toBe(root);
          if (lie.at !== at) expect(rootBy(text, place(all.length, lie.at, path))).not.toBe(root);
          expect(rootBy(text, place(all.length, at, lie.path))).not.toBe(root);
          expect(
            rootBy(text, place(all.length, at, [...path, ...lie.path.slice(0, 1), root])),
          ).toBeUndefined();
          expect(rootBy(text, place(all.length, at, path.slice(1)))).not.toBe(root);
        },
      ),
    );
  });
});
