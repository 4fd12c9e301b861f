import { hash } from 'node:crypto';
import type { Sha256 } from './announcement.ts';

/**
 * A tree of SHA-256 over a list, as RFC 6962, 2.1 has it: what is hashed as a leaf begins with 0, what is hashed as a node with 1, so that
 * no node can be shown as a leaf. Whoever knows the root can be shown one leaf by its path alone.
 */
export interface HashTree {
  root: Sha256;
  /** One a leaf, in their order: what stands beside it on the way to the root, from below. */
  paths: Sha256[][];
}

/** Where a leaf stands: number `at`, from 0, of `of`. */
export interface TreePlace {
  at: number;
  of: number;
  path: readonly Sha256[];
}

/** The tree over texts, at least one. */
export function treeOf(texts: readonly string[]): HashTree {
  const levels = [texts.map(leafOf)];
  for (let level = levels[0] ?? []; level.length > 1; level = levels.at(-1) ?? []) levels.push(above(level));
  const root = hexOf(levels.at(-1)?.[0] ?? leafOf(''));
  const names = levels.map((level) => level.map(hexOf));
  return { root, paths: texts.map((_, at) => pathOf(names, at)) };
}

/** The root that the path of a text leads to; undefined where it is not as long as its place in such a tree asks. */
export function rootBy(text: string, { at, of, path }: TreePlace): Sha256 | undefined {
  if (at < 0 || at >= of) return undefined;
  let node = leafOf(text);
  let used = 0;
  for (let [place, width] = [at, of]; width > 1; [place, width] = [place >> 1, (width + 1) >> 1]) {
    if (isAlone(place, width)) continue;
    const beside = path[used++];
    if (beside === undefined) return undefined;
    const other = Buffer.from(beside, 'hex');
    node = place % 2 === 0 ? nodeOf(node, other) : nodeOf(other, node);
  }
  return used === path.length ? hexOf(node) : undefined;
}

/** The last of an uneven level has nobody beside it, and goes up as it is. */
function isAlone(place: number, width: number): boolean {
  return place % 2 === 0 && place === width - 1;
}

function above(level: readonly Buffer[]): Buffer[] {
  const nodes: Buffer[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at], level[at + 1]];
    if (left !== undefined) nodes.push(right === undefined ? left : nodeOf(left, right));
  }
  return nodes;
}

function pathOf(levels: readonly Sha256[][], leaf: number): Sha256[] {
  const path: Sha256[] = [];
  let place = leaf;
  for (const level of levels) {
    const beside = level[place ^ 1];
    if (beside !== undefined) path.push(beside);
    place >>= 1;
  }
  return path;
}

function leafOf(text: string): Buffer {
  return hash('sha256', Buffer.from(`\u0000${text}`), 'buffer');
}

const NODE = Buffer.of(1);

function nodeOf(left: Buffer, right: Buffer): Buffer {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
}

function hexOf(bytes: Buffer): Sha256 {
  return bytes.toString('hex');
}
