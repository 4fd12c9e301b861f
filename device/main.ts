import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KeySet } from '../firmware-protocol/content/key-set.ts';
import { spaceOfKeys, type TopicSpace } from '../firmware-protocol/mqtt/topic-space.ts';
import packageJson from '../package.json' with { type: 'json' };
import { Agent } from './agent.ts';
import type { DeviceConfig } from './config.ts';
import { holdFolder } from './drivers/held-folder.ts';
import { httpMediaSource } from './drivers/http-media-source.ts';
import { linuxMachine } from './drivers/machine/linux-machine.ts';
import { nodeSystem } from './drivers/machine/node-system.ts';
import { systemClock, systemRandom } from './drivers/machine/system-clock.ts';
import { MediaFolder } from './drivers/media-folder.ts';
import { MqttBus } from './drivers/mqtt-bus.ts';
import { pinoLog } from './drivers/pino-log.ts';
import { stickPlaces } from './drivers/stick/stick-places.ts';
import { openSqliteStore } from './drivers/store/sqlite-store.ts';
import { DeviceError } from './errors.ts';
import { type Identity, publicIdentity } from './identity.ts';
import { SpacedBus } from './link/spaced-bus.ts';
import { LineRing } from './local/line-ring.ts';
import { authorityOf } from './main/authority.ts';
import { hardwareOf } from './main/hardware.ts';
import { knownIdentity } from './main/identity.ts';
import { inputsOf } from './main/inputs.ts';
import { openLocal } from './main/local.ts';
import { renewalOf } from './main/renewal.ts';
import { updateKit } from './main/update.ts';
import type { Log } from './ports.ts';

/** Of the log, for a technician without a journal: some hours of a quiet hall, 150 KB. */
const LINES_KEPT = 500;

/** A hall that runs in this process. */
export interface RunningDevice {
  identity: Identity;
  agent: Agent;
  log: Log;
  stop: () => Promise<void>;
}

/**
 * Joins the drivers of one hall with its agent and starts it; enrols it first where it has no identity and the
 * configuration has a code. Several may run in one process. Rejects with DeviceError: `config-invalid`, `folder-held`, `folder-of-another`,
 * `enrolment-failed`, `store-full`, `store-failed`. A missing board, sound card or network is no reason to reject.
 */
export async function startDevice(config: DeviceConfig): Promise<RunningDevice> {
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  const letGo = await holdFolder(config.data);
  return await startAlone(config, letGo).catch(async (error: unknown) => {
    await letGo();
    throw error;
  });
}

async function startAlone(config: DeviceConfig, letGo: () => Promise<void>): Promise<RunningDevice> {
  const identity = await knownIdentity(config);
  const { device, password } = identity;
  const lines = new LineRing(LINES_KEPT);
  const log = pinoLog({ level: config.log, bindings: { device }, alsoTo: (line) => lines.add(line) });
  log.info(publicIdentity(identity), 'the hall starts');
  const ca = authorityOf(config.ca, log);
  const store = await openSqliteStore({ folder: join(config.data, 'store'), clock: systemClock, log });
  const hardware = hardwareOf(config, log);
  const agent: Agent = new Agent({
    ...{ identity, log, store, clock: systemClock, random: systemRandom },
    version: packageJson.version,
    builtAt: statSync(fileURLToPath(import.meta.url)).mtimeMs,
    system: nodeSystem(config.data),
    // A hall that trusts a training server hears nobody else.
    bus: new SpacedBus(
      new MqttBus({
        url: identity.broker,
        device,
        password,
        ...ca,
        refused: renewalOf(config.data, log, () => agent),
      }),
      spaceOf(identity),
    ),
    mediaStore: new MediaFolder({
      folder: join(config.data, 'media'),
      clock: systemClock,
      damaged: (found) => agent.foundDamaged(found),
    }),
    // Memory on every Linux; gone with the next start of the box.
    spareMedia: new MediaFolder({ folder: `/dev/shm/prakat-${device}`, clock: systemClock }),
    media: config.media,
    sticks: stickPlaces(config.media.sticks || []),
    mediaSource: httpMediaSource({ base: identity.media, user: device, password, ...ca }),
    update: updateKit(config.update, process.env),
    timeSources: hardware.timeSources,
    machine: linuxMachine({ data: config.data, modemPort: config.health.modem_port }),
    laws: config.laws,
    outputs: hardware.outputs,
    inputs: inputsOf(config.inputs),
  });
  await agent.start();
  await agent.listens();
  hardware.start();
  const closeLocal = await openLocal({ config, identity, agent, lines, log });
  return {
    ...{ identity, agent, log },
    async stop() {
      await closeLocal();
      await agent.stop();
      await hardware.stop();
      await store.close();
      await letGo();
      log.info({}, 'the hall has stopped');
    },
  };
}

function spaceOf({ keys }: { keys: KeySet }): TopicSpace {
  const space = spaceOfKeys(keys);
  if (space === undefined)
    throw new DeviceError('config-invalid', { why: 'keys of a training server among live ones' });
  return space;
}
