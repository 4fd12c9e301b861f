import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** One change of a line as a meter at the pin would see it. `at`: epoch ms. */
export interface PinChange {
  at: number;
  level: 0 | 1;
}

export interface FakeGpiod {
  /** In the order in which the pin changed; a tool that set what was set before changes nothing. */
  changes(): Promise<PinChange[]>;
  /** Another program holds the line: every tool finds it busy. */
  occupy(): Promise<void>;
}

/**
 * The tools of libgpiod 1.x or 2.x as far as the agent calls them, for a machine without a chip; they stand on PATH until the
 * test ends. As on Raspberry Pi OS, the pin keeps its level when the tool that set it dies.
 */
export async function fakeGpiod(folder: string, version: '1.6.3' | '2.2.1'): Promise<FakeGpiod> {
  const log = join(folder, 'pin.log');
  const lock = join(folder, 'pin.lock');
  await writeFile(log, '');
  await program(
    join(folder, 'gpioset'),
    version.startsWith('1') ? gpioset1(log, lock) : gpioset2(log, lock),
    version,
  );
  const [line, used] = version.startsWith('1')
    ? ['line  17: "GPIO17"', '"gpioset" output active-high [used]']
    : ['gpiochip0 17 "GPIO17"', 'output consumer="gpioset"'];
  const info = `[ -e '${log}.used' ] && echo '${line} ${used}' || echo '${line} unused input'`;
  await program(join(folder, 'gpioinfo'), info, version);
  await program(join(folder, 'gpiofind'), '[ "$1" = GPIO17 ] && echo "gpiochip0 17"', version);
  onPath(folder);
  return {
    occupy: () => mkdir(lock).then(() => {}),
    changes: async () => {
      const lines = (await readFile(log, 'utf8')).trim().split('\n').filter(Boolean);
      const all = lines.map((line) => {
        const [at = '', level] = line.split(' ');
        return { at: Number(at) / 1e6, level: level === '1' ? 1 : 0 } satisfies PinChange;
      });
      return all.filter(({ level }, i) => level !== (all[i - 1]?.level ?? -1));
    },
  };
}

export function onPath(folder: string): void {
  const before = process.env.PATH;
  process.env.PATH = `${folder}${delimiter}${before}`;
  onTestFinished(() => {
    process.env.PATH = before;
  });
}

async function program(path: string, body: string, version: string): Promise<void> {
  const told = `[ "$1" = --version ] && { echo "gpioset (libgpiod) v${version}"; exit 0; }`;
  await writeFile(path, `#!/bin/sh\n${told}\n${body}\n`);
  await chmod(path, 0o755);
}

/** The pin is taken for as long as the tool lives; the level after `--active-low` is what is written down. */
const take = (log: string, lock: string) => `
mkdir '${lock}' 2>/dev/null || { echo "gpioset: Device or resource busy" >&2; exit 1; }
trap 'rm -f ${log}.used; rmdir ${lock}; kill $! 2>/dev/null; exit 0' TERM INT
case "$word" in 17=*|GPIO17=*) ;; *) rmdir '${lock}'; echo "gpioset: no line $word" >&2; exit 1 ;; esac
value=\${word#*=}
[ -n "$low" ] && value=$((1 - value))
echo "$(date +%s%N) $value" >>'${log}'
: >'${log}.used'`;

const HOLD = 'sleep 1000 & wait $!';

function gpioset1(log: string, lock: string): string {
  return `
for each in "$@"; do case "$each" in
  --active-low) low=1 ;; --mode=*) mode=\${each#--mode=} ;; gpiochip0) chip=1 ;; *=*) word=$each ;; *) exit 2 ;;
esac; done
[ -n "$chip" ] || { echo "gpioset: no chip" >&2; exit 1; }
${take(log, lock)}
[ "$mode" = signal ] && { ${HOLD}; }
rm -f '${log}.used'; rmdir '${lock}'`;
}

function gpioset2(log: string, lock: string): string {
  return `
while [ $# -gt 0 ]; do case "$1" in
  --active-low) low=1 ;; --chip) shift ;; --toggle) shift; toggle=$1 ;; *=*) word=$1 ;; *) exit 2 ;;
esac; shift; done
${take(log, lock)}
[ "$toggle" = 0 ] || { ${HOLD}; }
rm -f '${log}.used'; rmdir '${lock}'`;
}
