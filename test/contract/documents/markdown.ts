import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Markdown {
  /** Rows of the table whose first heading this is; cells without backquotes. */
  table(firstHeading: string): string[][];
  /** The blocks marked ```json Name```. */
  examples: { schema: string; json: string }[];
  text: string;
}

/** A document of firmware-protocol/, by its path there. */
export function readMarkdown(path: string): Markdown {
  const text = readFileSync(join(import.meta.dirname, '../../../firmware-protocol', path), 'utf8');
  const tables = [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([block]) =>
    block.trimEnd().split('\n').map(cellsOf),
  );
  return {
    text,
    examples: [...text.matchAll(/^```json ?(\w*)\n([\s\S]*?)^```$/gm)].map(([, schema = '', json = '']) => ({
      schema,
      json,
    })),
    table: (firstHeading) => {
      const found = tables.filter(([heading]) => heading?.[0] === firstHeading);
      if (found.length !== 1) throw new Error(`${path} has ${found.length} tables headed "${firstHeading}"`);
      return found[0]?.slice(2) ?? [];
    },
  };
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''));
}
