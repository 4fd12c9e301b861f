import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, lineAt, type SourceFile, sourceFiles } from './source-tree.ts';

/** The rules of the house (DESIGN 2, AGENTS.md), held against every file. A failure names the rule and the place. */

const files = sourceFiles();
const product = files.filter(({ path }) => !path.startsWith('test/'));
const byPath = new Map(files.map((file) => [file.path, file]));

const isIn = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const isDriver = (path: string) => /^(device|server)\/drivers\//.test(path);
const isMain = (path: string) => /^(device|server)\/(main|app)(\.ts$|\/)/.test(path);
/** What a person or the enrolment wrote down for the program, read once at its start. */
const isConfig = (path: string) => /(^|[/-])config[./-]/.test(path) || path === 'device/identity.ts';
/** Runs in a browser: a program of its own. */
const isConsole = isIn('server/console');
const isDomain = (path: string) =>
  /^(device|server)\//.test(path) && !isDriver(path) && !isMain(path) && !isConsole(path);
const mayUseZod = (from: string, { typeOnly }: Import) => isIn('server')(from) || isConfig(from) || typeOnly;
/** What every room of the console is written in. */
const CONSOLE_LANGUAGE =
  /^(react|react-dom|@mantine\/[a-z]+|@fontsource\/noto-sans-thai|@tanstack\/react-(router|query)|@tabler\/icons-react)$/;
/** The contract is written in zod, the verbs of the command line in commander. */
const isLanguage = (path: string, name: string) =>
  name === 'zod' ||
  (isIn('scripts')(path) && name === 'commander') ||
  (isConsole(path) && CONSOLE_LANGUAGE.test(name));
/** `device`, `server`, `scripts`, ...: a package may have one importer in each program. */
const programOf = (path: string) => (isConsole(path) ? 'console' : (path.split('/')[0] ?? ''));

/** `device/agent.ts:3 imports server/app.ts` for every import that `isForbidden`. */
function importsThat(isForbidden: (from: string, each: Import) => boolean, among = product): string[] {
  return among.flatMap((file) =>
    file.imports
      .filter((each) => isForbidden(file.path, each))
      .map((each) => `${file.path}:${each.line} imports ${each.target}`),
  );
}

/** Folders of the console that are there for all rooms. */
const SHARED = [
  ...['door', 'house', 'wire', 'words', 'time', 'areas'],
  ...['alarm', 'progress', 'targets', 'sound', 'signs', 'media'],
];

function isOtherRoom(from: string, target: string): boolean {
  const roomOf = (path: string) =>
    isConsole(path) && path.split('/').length > 3 ? path.split('/')[2] : undefined;
  const [own, other] = [roomOf(from), roomOf(target)];
  if (own === undefined || other === undefined || own === other || SHARED.includes(other)) return false;
  return from !== 'server/console/house/room-table.ts';
}

function placesOf(pattern: RegExp, among: SourceFile[]): string[] {
  return among.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((found) => `${path}:${lineAt(text, found.index)} ${found[0]}`),
  );
}

function expectNone(found: string[], rule: string): void {
  expect(found, `${rule}\n  ${found.join('\n  ')}\n`).toEqual([]);
}

describe('layers (DESIGN 2)', () => {
  const layers: [rule: string, isForbidden: (from: string, target: string) => boolean][] = [
    [
      'firmware-protocol imports nothing of the programs',
      (from, target) =>
        isIn('firmware-protocol')(from) &&
        ['device', 'server', 'scripts', 'test'].includes(programOf(target)),
    ],
    [
      'content imports neither mqtt, http nor serial',
      (from, target) =>
        isIn('firmware-protocol/content')(from) && /^firmware-protocol\/(mqtt|http|serial)\//.test(target),
    ],
    [
      'mqtt and http import content and themselves, not each other',
      (from, target) =>
        (isIn('firmware-protocol/mqtt')(from) && /^firmware-protocol\/(http|serial)\//.test(target)) ||
        (isIn('firmware-protocol/http')(from) && /^firmware-protocol\/(mqtt|serial)\//.test(target)),
    ],
    [
      'local imports content and mqtt, and the server never imports it',
      (from, target) =>
        (isIn('firmware-protocol/local')(from) && /^firmware-protocol\/(http|serial)\//.test(target)) ||
        ((isIn('server')(from) || /^firmware-protocol\/(content|mqtt|http)\//.test(from)) &&
          isIn('firmware-protocol/local')(target)),
    ],
    [
      'serial stands alone',
      (from, target) => isIn('firmware-protocol/serial')(from) && !isIn('firmware-protocol/serial')(target),
    ],
    ['device never imports server', (from, target) => isIn('device')(from) && isIn('server')(target)],
    ['server never imports device', (from, target) => isIn('server')(from) && isIn('device')(target)],
    [
      'server never imports the serial wire',
      (from, target) => isIn('server')(from) && isIn('firmware-protocol/serial')(target),
    ],
    [
      'the console imports firmware-protocol alone, and only its wires to operators',
      (from, target) =>
        isConsole(from) && !isConsole(target) && !/^firmware-protocol\/(content|mqtt|http)\//.test(target),
    ],
    [
      'nobody imports the console',
      (from, target) => !isConsole(from) && !isIn('test')(from) && isConsole(target),
    ],
    ['a room of the console imports no other room', (from, target) => isOtherRoom(from, target)],
    ['domain folders never import drivers', (from, target) => isDomain(from) && isDriver(target)],
    [
      'nobody imports scripts/ but scripts/',
      (from, target) => !isIn('scripts')(from) && isIn('scripts')(target),
    ],
    ['nobody imports test/', (_from, target) => isIn('test')(target)],
  ];

  it.each(layers)('%s', (rule, isForbidden) => {
    expectNone(
      importsThat((from, { target, kind }) => kind === 'file' && isForbidden(from, target)),
      `DESIGN 2: ${rule}`,
    );
  });

  it('no import goes in a circle, types included', () => {
    expectNone(circles(), 'DESIGN 2: no cycles');
  });

  it('every import names a file that is there', () => {
    const missing = importsThat(
      (_from, { target, kind }) => kind === 'file' && target.endsWith('.ts') && !byPath.has(target),
      files,
    );
    expectNone(missing, 'AGENTS: imports end in .ts and lead somewhere');
  });
});

describe('npm packages (DESIGN 2, AGENTS)', () => {
  it('serial imports no npm package', () => {
    const found = importsThat((from, { kind }) => isIn('firmware-protocol/serial')(from) && kind === 'npm');
    expectNone(found, 'DESIGN 2: firmware-protocol/serial imports no npm');
  });

  it('the contract imports zod alone', () => {
    const found = importsThat(
      (from, { target, kind }) => isIn('firmware-protocol')(from) && kind === 'npm' && target !== 'zod',
    );
    expectNone(found, "AGENTS: zod is the contract's language");
  });

  it('in device/ and server/ only drivers import packages; zod is free in server/, config files and types', () => {
    const found = importsThat(
      (from, each) =>
        each.kind === 'npm' && isDomain(from) && !(each.target === 'zod' && mayUseZod(from, each)),
    );
    expectNone(found, 'DESIGN 2: drivers/ are the only npm importers');
  });

  it('one file of a program imports a package', () => {
    const importers = new Map<string, Set<string>>();
    for (const { path, imports } of product)
      for (const { kind, target } of imports)
        if (kind === 'npm' && !isLanguage(path, target)) {
          const name = `${programOf(path)}: ${target}`;
          importers.set(name, (importers.get(name) ?? new Set()).add(path));
        }
    const shared = [...importers].filter(([, paths]) => paths.size > 1);
    expectNone(
      shared.map(([name, paths]) => `${name} is imported by ${[...paths].join(' and ')}`),
      'DESIGN 2: one file imports each npm package',
    );
  });
});

describe('the shape of files (AGENTS, Rules)', () => {
  it('none is longer than 300 lines', () => {
    const long = files
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 300);
    expectNone(
      long.map(({ path, lines }) => `${path} has ${lines} lines`),
      'AGENTS: files of 40-150 lines, at most 300',
    );
  });

  it('names are kebab-case', () => {
    const odd = files
      .map(({ path }) => path)
      .filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.tsx?$/.test(basename(path)));
    expectNone(odd, 'AGENTS: kebab-case names after the thing inside');
  });

  it('there are no barrels and no drawers', () => {
    const barrels = files.map(({ path }) => path).filter((path) => /(^|\/)index\.tsx?$/.test(path));
    const drawers = files
      .map(({ path }) => path)
      .filter((path) => /\/(utils?|common|helpers?|misc|lib)(\/|\.ts)/.test(path));
    const passedOn = placesOf(/^export (?:type )?(?:\*|\{[^}]*\})(?: as \w+)? from .*$/gm, product);
    expectNone([...barrels, ...drawers, ...passedOn], 'AGENTS: no barrels, no utils');
  });

  it('nothing is skipped, singled out or left for later', () => {
    const marks = new RegExp(['\\.(?:skip|only)\\(', '\\b(?:TO', 'DO|FIX', 'ME|XXX)\\b'].join(''), 'g');
    expectNone(
      placesOf(
        marks,
        files.filter(({ path }) => !path.endsWith('architecture.test.ts')),
      ),
      'STYLE 20: no skipped tests, no leftovers',
    );
  });

  it('no test sleeps', () => {
    const sleeps = placesOf(
      /await (?:sleep|delay)\(|new Promise\(\(?\w*\)? => setTimeout\(/g,
      files.filter(({ path }) => path.endsWith('.test.ts')),
    );
    expectNone(sleeps, 'AGENTS: tests wait for a condition, never sleep');
  });

  it('no `any`, no non-null assertion is waved through', () => {
    expectNone(
      placesOf(/@ts-(?:ignore|expect-error|nocheck)|as any\b|noExplicitAny:|noNonNullAssertion:/g, product),
      'AGENTS: everything from outside is parsed, never cast',
    );
  });
});

describe('error tables (STYLE 6)', () => {
  it.each(['device', 'server'])('every code of %s/errors.ts can happen', (program) => {
    const isTable = (path: string) => path === `${program}/errors.ts` || isIn(`${program}/errors`)(path);
    const tables = files.filter(({ path }) => isTable(path)).map(({ text }) => text);
    const codes = [...tables.join('\n').matchAll(/^ {2}'?([a-z]+(?:-[a-z]+)+)'?: /gm)].map(
      ([, code = '']) => code,
    );
    expect(codes.length).toBeGreaterThan(0);
    const used = files
      .filter(({ path }) => isIn(program)(path) && !isTable(path))
      .map(({ text }) => text)
      .join('\n');
    expectNone(
      codes.filter((code) => !used.includes(`'${code}'`)),
      `STYLE 6: a code of ${program}/errors.ts that nothing uses`,
    );
  });
});

describe('tests', () => {
  it('a module that files of one worker share has no hooks of its own: they would belong to the first of them alone', () => {
    const shared = files.filter(({ path }) => isIn('test')(path) && !path.endsWith('.test.ts'));
    expectNone(
      placesOf(/^(?:before|after)(?:Each|All)\(|^vi\.setConfig\(/gm, shared).filter(
        (place) => !place.startsWith('test/e2e/after-each.ts:'),
      ),
      'test/README: the hooks of every file are in test/e2e/after-each.ts',
    );
  });
});

/** Each circle once, as `a -> b -> a`. */
function circles(): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) {
      found.add([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const { kind, target } of byPath.get(path)?.imports ?? [])
      if (kind === 'file') visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return [...found];
}
