import { readFile } from 'node:fs/promises';
import type { Architecture } from '../../firmware-protocol/content/release.ts';
import type { UpdateConfig } from '../config/update.ts';
import { SlotsFolder } from '../drivers/update/slots-folder.ts';
import { slotNameOf } from '../drivers/update/slots-state.ts';
import type { UpdateKit } from '../update/update-kit.ts';
import type { Launched } from '../update-ports.ts';

/** Debian's names for what Node names otherwise. */
const ARCHITECTURE_OF: Partial<Record<string, Architecture>> = { x64: 'amd64', arm64: 'arm64', arm: 'armhf' };

/** The places of the package; the launcher (scripts/packaging/launch) has the same, and the same variables. */
const PLACES = { slots: '/var/lib/prakat/slots', base: '/usr/lib/prakat/app' };

/** What replaces this agent; undefined where the launcher did not start it, or people said never. */
export function updateKit({ releases }: UpdateConfig, env: NodeJS.ProcessEnv): UpdateKit | undefined {
  const launched = launchedBy(env);
  const architecture = ARCHITECTURE_OF[process.arch];
  if (launched === undefined || architecture === undefined || releases === 'never') return undefined;
  return {
    slots: new SlotsFolder({
      folder: env.PRAKAT_SLOTS ?? PLACES.slots,
      base: env.PRAKAT_BASE ?? PLACES.base,
      launched,
    }),
    architecture,
    read: (path) => readFile(path, 'utf8'),
    // The same way out as `systemctl stop`: what was said is written down, and the supervisor starts the launcher again.
    restart: () => process.kill(process.pid, 'SIGTERM'),
  };
}

function launchedBy(env: NodeJS.ProcessEnv): Launched | undefined {
  const slot = slotNameOf(env.PRAKAT_SLOT);
  if (slot === undefined) return undefined;
  const [version, reason] = (env.PRAKAT_INSTEAD ?? '').split(' ');
  return {
    slot,
    trial: env.PRAKAT_TRIAL === 'yes',
    ...(version && reason && { instead: { version, reason } }),
  };
}
