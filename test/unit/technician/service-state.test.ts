import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serviceState } from '../../../scripts/technician/diagnose/service-state.ts';

/** A systemctl that says so. */
function systemctlSaying(...lines: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-systemctl-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'systemctl');
  writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${lines.join('\n')}\nEND\n`);
  chmodSync(path, 0o755);
  return path;
}

it('tells how the service ended and how often it was started anew', async () => {
  const systemctl = systemctlSaying(
    ...['LoadState=loaded', 'ActiveState=failed', 'SubState=failed', 'Result=watchdog', 'NRestarts=12'],
  );
  expect(await serviceState(systemctl)).toBe('failed/failed, watchdog, restarts 12');
});

it('is silent about a unit that is not there, and without systemd', async () => {
  const systemctl = systemctlSaying('LoadState=not-found', 'ActiveState=inactive', 'NRestarts=0');
  expect(await serviceState(systemctl)).toBeUndefined();
  expect(await serviceState('/nonexistent/systemctl')).toBeUndefined();
});
