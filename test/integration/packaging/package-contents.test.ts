import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { ARCHITECTURES } from '../../../firmware-protocol/content/release.ts';
import { controlOf, INSTALLED } from '../../../scripts/packaging/deb-tree.ts';
import { neededFiles } from '../../../scripts/packaging/target-packages.ts';
import { TARGETS } from '../../../scripts/packaging/targets.ts';
import { elfMachineOf } from '../../../scripts/packaging/version-tree.ts';

/** What the package holds and says; building and installing it is `scripts/packaging/try-deb`. */

const HERE = 'scripts/packaging';
const read = (path: string) => readFileSync(path, 'utf8');
/** The machine that this test runs on is one that halls have. */
const OWN = ARCHITECTURES.find((each) => TARGETS[each].npmCpu === process.arch);

describe('the npm packages that go with it', () => {
  const files = OWN === undefined ? [] : neededFiles('node_modules', TARGETS[OWN]);

  it('are all that the bundles leave outside, and their native parts are of this machine', () => {
    const bundler = read('scripts/build/bundle.mjs');
    const [, list = ''] = /const external = \[([^\]]*)\]/.exec(bundler) ?? [];
    const outside = [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
    expect(outside.length).toBeGreaterThan(5);
    for (const name of outside)
      expect(
        files.some((path) => path.startsWith(`${name}/`)),
        name,
      ).toBe(true);
    const native = files.filter((path) => /\.node$|\.so[\d.]*$|\/ffmpeg$/.test(path));
    expect(native.length).toBeGreaterThanOrEqual(5);
    for (const path of native) {
      expect(elfMachineOf(join('node_modules', path)), path).toBe(OWN && TARGETS[OWN].elfMachine);
      expect(path).not.toMatch(/musl/);
    }
  });

  it('are nothing but what runs, its licences, and the fonts of signs', () => {
    expect(
      files.filter((path) =>
        /(?<!license)\.md$|\.(?:map|ts|cpp|h)$|\/(?:src|test|coverage|docs)\//i.test(path),
      ),
    ).toEqual([]);
    expect(files.filter((path) => path.endsWith('.ttf'))).toHaveLength(4);
  });
});

test('the scripts of the package can be read by the shell they run in', () => {
  for (const name of ['launch', 'debian/postinst', 'debian/prerm', 'debian/postrm', 'debian/prakat'])
    execFileSync('sh', ['-n', join(HERE, name)]);
  for (const [source] of INSTALLED) expect(existsSync(join(HERE, source)), source).toBe(true);
});

test('launcher, unit and agent mean the same places', () => {
  const [launcher, unit, agent] = [
    read(join(HERE, 'launch')),
    read(join(HERE, 'debian/prakat.service')),
    read('device/main/update.ts'),
  ];
  for (const place of ['/usr/lib/prakat/app', '/var/lib/prakat/slots']) {
    expect(launcher).toContain(place);
    expect(agent).toContain(place);
  }
  const [, command] = /^ExecStart=(\S+)/m.exec(unit) ?? [];
  expect(INSTALLED.map(([, target]) => `/${target}`)).toContain(command);
  expect(JSON.parse(read(join(HERE, 'debian/hall.json')))).toMatchObject({ data: '/var/lib/prakat' });
});

test('the control file has what dpkg needs, lines of a description indented', () => {
  const control = controlOf('0.1.0', 'armhf', 1_234);
  for (const field of ['Package: prakat', 'Version: 0.1.0', 'Architecture: armhf', 'Installed-Size: 1234'])
    expect(control.split('\n')).toContain(field);
  expect(control).toMatch(/^Depends: nodejs \(>= 20\.19\), /m);
  const [, description = ''] = control.split('Description: ');
  for (const line of description.trimEnd().split('\n').slice(1)) expect(line).toMatch(/^ /);
});

const isSystemdThere = existsSync('/usr/bin/systemd-analyze');
it.runIf(isSystemdThere)('systemd understands the unit, and finds it closed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-unit-'));
  try {
    const path = join(folder, 'prakat.service');
    const unit = read(join(HERE, 'debian/prakat.service')).replace(/^ExecStart=.*/m, 'ExecStart=/bin/true');
    // Members of systemd 254; Debian 12 has 252 and passes over them.
    writeFileSync(path, unit.replace(/^Restart(?:Steps|MaxDelaySec)=.*\n/gm, ''));
    const verified = execFileSync('sh', ['-c', `systemd-analyze verify ${path} 2>&1 || true`], {
      encoding: 'utf8',
    });
    expect(verified.split('\n').filter((line) => line.includes('prakat.service'))).toEqual([]);
    const security = execFileSync('systemd-analyze', ['security', '--offline=yes', '--no-pager', path], {
      encoding: 'utf8',
    });
    const exposure = Number(/exposure level[^:]*: ([\d.]+)/.exec(security)?.[1]);
    expect(exposure).toBeLessThan(2.5);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
