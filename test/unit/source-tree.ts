import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

export const REPOSITORY = join(import.meta.dirname, '../..');
const ROOTS = ['firmware-protocol', 'device', 'server', 'scripts', 'test'];

export interface SourceFile {
  /** From the top of the repository: `device/agent.ts`. */
  path: string;
  text: string;
  imports: Import[];
}

export interface Import {
  /** As written. */
  specifier: string;
  /** `file` = one of ours (then `target` is its path), `node` = a builtin, `npm` = a package (`target` its name). */
  kind: 'file' | 'node' | 'npm';
  target: string;
  /** `import type`: nothing of it is left at run time. */
  typeOnly: boolean;
  line: number;
}

/** `from '…'`, `import '…'` and `import('…')`, types too: whoever needs a type of a file depends on it. */
const IMPORT = /(?:^import\s+|\bfrom\s+|\bimport\(\s*)'([^'\n]+)'/gm;

/** Every TypeScript file of the repository, by path. */
export function sourceFiles(): SourceFile[] {
  return ROOTS.flatMap((root) =>
    readdirSync(join(REPOSITORY, root), { recursive: true, withFileTypes: true }),
  )
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
    .map((entry) => relative(REPOSITORY, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(REPOSITORY, path), 'utf8');
      return { path, text, imports: importsIn(path, text) };
    });
}

function importsIn(path: string, text: string): Import[] {
  const code = withoutComments(text);
  return [...code.matchAll(IMPORT)].map((found) => {
    const specifier = found[1] ?? '';
    const statement = code.slice(code.lastIndexOf('\nimport', found.index) + 1, found.index);
    const typeOnly = statement.startsWith('import type');
    return { specifier, ...resolved(path, specifier), typeOnly, line: lineAt(text, found.index) };
  });
}

function resolved(path: string, specifier: string): Pick<Import, 'kind' | 'target'> {
  if (specifier.startsWith('.')) return { kind: 'file', target: normalize(join(dirname(path), specifier)) };
  if (specifier.startsWith('node:')) return { kind: 'node', target: specifier };
  const [scopeOrName = '', name] = specifier.split('/');
  return { kind: 'npm', target: scopeOrName.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName };
}

/** Comments blanked, so that what they quote is no import; lines and columns stay. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
