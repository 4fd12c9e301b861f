import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onPath } from './fake-gpiod.ts';

export interface FakeUsbRelay {
  /** The bytes that reached the board, in order: `on 1`, `off 1`. */
  told(): Promise<string[]>;
  unplug(): Promise<void>;
}

/**
 * The program `usbrelay` of Debian (1.0) as the agent calls it, for a machine without a relay; it stands on PATH until the test
 * ends. It prints what each relay was before it changes one; a name that it does not find is no error to it: tried with the real
 * one, which ends with 0 and says nothing.
 */
export async function fakeUsbRelay(
  folder: string,
  { serial = 'HURTM', isStuck = false, isMute = false } = {},
): Promise<FakeUsbRelay> {
  const log = join(folder, 'relay.log');
  const board = join(folder, 'hidraw0');
  await writeFile(log, '');
  await writeFile(board, '0');
  const program = join(folder, 'usbrelay');
  await writeFile(
    program,
    `#!/bin/sh
[ -e '${board}' ] || exit 0
state=$(cat '${board}')
echo "${serial}_1=${isMute ? '-1' : '$state'}"
echo '${serial}_2=${isMute ? '-1' : '0'}'
case "$1" in
  ${serial}_1=1) echo 'on 1' >>'${log}'; ${isStuck ? ':' : `echo 1 >'${board}'`} ;;
  ${serial}_1=0) echo 'off 1' >>'${log}'; echo 0 >'${board}' ;;
esac
exit 0
`,
  );
  await chmod(program, 0o755);
  onPath(folder);
  return {
    told: async () => (await readFile(log, 'utf8')).split('\n').filter(Boolean),
    unplug: () => rm(board),
  };
}
