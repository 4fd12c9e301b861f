import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** The entries that run in a hall. */
const ENTRIES = [
  'device.cjs',
  'agent.cjs',
  'prakat.mjs',
  'text-painter-child.mjs',
  'picture-maker-child.mjs',
];

/** Bundles below `dist` that the entries load, sooner or later; older builds leave others beside them. Sorted. */
export function reachableBundles(dist: string): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(join(dist, path), 'utf8');
    for (const [, target = ''] of text.matchAll(/["'](\.{1,2}\/[\w./-]+\.mjs)["']/g))
      visit(normalize(join(dirname(path), target)));
  };
  for (const entry of ENTRIES) visit(entry);
  return [...found].sort();
}
