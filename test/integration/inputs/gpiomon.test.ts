import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { GpiomonContact } from '../../../device/drivers/relay/gpiomon-contact.ts';
import type { DeviceError } from '../../../device/errors.ts';
import { bundleChild } from '../child-bundle.ts';
import { temporaryFolder } from '../sound/folder.ts';

const folder = await temporaryFolder();
const path = process.env.PATH;
afterAll(() => {
  process.env.PATH = path;
});

let contact: GpiomonContact | undefined;
afterEach(() => contact?.stop());

/** gpiod tools of a version, in the place of the real ones: `level` is what gpioget reads, `edges` what gpiomon tells. */
async function gpiodOf(version: string, name: string) {
  const bin = join(folder, name);
  await mkdir(bin);
  const file = (what: string) => join(bin, what);
  await writeFile(file('level'), '0\n');
  await writeFile(file('edges'), '');
  const program = async (tool: string, script: string) => {
    await writeFile(file(tool), `#!/bin/bash\necho "${tool} $*" >> ${file('calls')}\n${script}\n`);
    await chmod(file(tool), 0o755);
  };
  await program('gpioget', `cat ${file('level')}`);
  await program('gpiofind', 'echo "gpiochip4 27"');
  await program(
    'gpiomon',
    `if [ "$1" = --version ]; then echo "gpiomon (libgpiod) v${version}"; exit; fi\necho $$ > ${file('pid')}\nexec tail -n +1 -f ${file('edges')}`,
  );
  process.env.PATH = `${bin}:${path}`;
  return {
    calls: async () => (await readFile(file('calls'), 'utf8')).trim().split('\n'),
    pid: async () => Number(await readFile(file('pid'), 'utf8').catch(() => '0')),
    setLevel: (level: string) => writeFile(file('level'), `${level}\n`),
    tell: (...edges: string[]) =>
      writeFile(file('edges'), edges.map((edge) => `${edge}\n`).join(''), { flag: 'a' }),
    breakTools: () => writeFile(file('gpioget'), '#!/bin/bash\necho "Device or resource busy" >&2\nexit 1\n'),
  };
}

function watched(gpio: { line: string | number; chip?: string }) {
  const troubles: (DeviceError | undefined)[] = [];
  const changes: (boolean | undefined)[] = [];
  const made = new GpiomonContact({
    gpio: { ...gpio, activeLow: true, bias: 'pull-up' },
    clock: systemClock,
    trouble: (error) => troubles.push(error),
  });
  made.onChange(() => changes.push(made.closed()));
  contact = made;
  made.start();
  return { contact: made, troubles, changes };
}

describe.each([
  ['1.6.3', { risen: '1', fallen: '0' }],
  ['2.2.1', { risen: '1', fallen: '2' }],
])('gpiod %s', (version, { risen, fallen }) => {
  it('tells how the key is, and how it changes', async () => {
    const gpiod = await gpiodOf(version, `plain-${version}`);
    const { contact, changes } = watched({ line: 27, chip: 'gpiochip0' });
    expect(contact.closed()).toBeUndefined();
    await expect.poll(() => contact.closed()).toBe(false);
    await gpiod.tell(risen);
    await expect.poll(() => contact.closed()).toBe(true);
    await gpiod.tell(fallen);
    await expect.poll(() => contact.closed()).toBe(false);
    expect(changes).toEqual([false, true, false]);
  });

  it('counts what lasts: the bouncing of a switch is one change', async () => {
    const gpiod = await gpiodOf(version, `bouncing-${version}`);
    const { contact, changes } = watched({ line: 27, chip: 'gpiochip0' });
    await expect.poll(() => contact.closed()).toBe(false);
    await gpiod.tell(risen, fallen, risen, fallen, risen);
    await expect.poll(() => contact.closed()).toBe(true);
    expect(changes).toEqual([false, true]);
  });
});

it('finds a line by name, where the tools cannot', async () => {
  const gpiod = await gpiodOf('1.6.3', 'by-name');
  await gpiod.setLevel('1');
  const { contact } = watched({ line: 'GPIO27' });
  await expect.poll(() => contact.closed()).toBe(true);
  expect(await gpiod.calls()).toContain('gpioget --active-low --bias=pull-up gpiochip4 27');
});

it('a pin that another program holds is told, with its reason', async () => {
  const gpiod = await gpiodOf('2.2.1', 'busy');
  await gpiod.breakTools();
  const { contact, troubles } = watched({ line: 'GPIO27' });
  await expect.poll(() => troubles[0]?.code).toBe('contact-failed');
  expect(troubles[0]?.context.why).toContain('gpioget');
  expect(contact.closed()).toBeUndefined();
});

it('an agent that is killed leaves nobody behind who holds the pin', async () => {
  const gpiod = await gpiodOf('2.2.1', 'killed');
  const bundle = await bundleChild('gpiomon', 'test/integration/inputs/watching-child.ts', []);
  const child = spawn(process.execPath, [bundle], { stdio: 'ignore' });
  await expect.poll(() => gpiod.pid(), { timeout: 10_000 }).toBeGreaterThan(0);
  const pid = await gpiod.pid();
  expect(await isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
});

async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !/\) [ZX]/.test(stat);
}
