import { readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { panelUnit } from './agent/panel-unit.ts';
import type { OutputKit, OutputUnit } from './agent/parts.ts';
import { towerUnit } from './agent/tower-unit.ts';
import { Agent } from './agent.ts';
import { BoardAmplifier } from './board/board-amplifier.ts';
import { BoardLink } from './board/board-link.ts';
import { BoardPanel } from './board/board-panel.ts';
import { SharedLine } from './board/shared-line.ts';
import type { DeviceConfig, PlayerConfig } from './config.ts';
import { AlsaPlayer } from './drivers/alsa-player.ts';
import { FfmpegDecoder } from './drivers/ffmpeg-decoder.ts';
import { httpEnrolment } from './drivers/http-enrolment.ts';
import { httpMediaSource } from './drivers/http-media-source.ts';
import { loadIdentity, saveIdentity } from './drivers/identity-file.ts';
import { openLine } from './drivers/line.ts';
import { MediaFolder } from './drivers/media-folder.ts';
import { MqttBus } from './drivers/mqtt-bus.ts';
import { NoAmplifier } from './drivers/no-amplifier.ts';
import { nodeSystem } from './drivers/node-system.ts';
import { pinoLog } from './drivers/pino-log.ts';
import { PngPanel, type PngPanelOptions } from './drivers/png-panel.ts';
import { openSqliteStore } from './drivers/sqlite-store.ts';
import { systemClock, systemRandom } from './drivers/system-clock.ts';
import { ChildTextPainter } from './drivers/text-painter.ts';
import { textPainterChildPath } from './drivers/text-painter-path.ts';
import { WavPlayer } from './drivers/wav-player.ts';
import { enrol } from './enrolment/enrol.ts';
import { DeviceError, isDeviceError } from './errors.ts';
import { type Identity, publicIdentity } from './identity.ts';
import { TurnedPanel } from './panel/geometry/turned-panel.ts';
import type { Log, Player } from './ports.ts';
import { type OpenedSign, openSign } from './signs/open-sign.ts';

/** A hall that runs in this process. */
export interface RunningDevice {
  identity: Identity;
  agent: Agent;
  log: Log;
  stop: () => Promise<void>;
}

/**
 * Joins the drivers of one hall with its agent and starts it; enrols it first where it has no identity and the
 * configuration has a code. Several may run in one process. Rejects with DeviceError: `config-invalid`,
 * `enrolment-failed`, `store-full`, `store-failed`. A missing board, sound card or network is no reason to reject.
 */
export async function startDevice(config: DeviceConfig): Promise<RunningDevice> {
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  const identity = await knownIdentity(config);
  const { device, password } = identity;
  const log = pinoLog({ level: config.log, bindings: { device } });
  log.info(publicIdentity(identity), 'the hall starts');
  const ca = config.ca === undefined ? {} : { ca: readFileSync(config.ca, 'utf8') };
  const [store, hardware] = await Promise.all([
    openSqliteStore({ folder: join(config.data, 'store'), clock: systemClock, log }),
    hardwareOf(config, log),
  ]);
  const agent: Agent = new Agent({
    ...{ identity, log, store, clock: systemClock, random: systemRandom },
    version: packageJson.version,
    builtAt: statSync(fileURLToPath(import.meta.url)).mtimeMs,
    system: nodeSystem(config.data),
    bus: new MqttBus({ url: identity.broker, device, password, ...ca }),
    mediaStore: new MediaFolder({
      folder: join(config.data, 'media'),
      clock: systemClock,
      ...(config.media_bytes !== undefined && { budgetBytes: config.media_bytes }),
      needed: () => agent.neededMedia(),
      damaged: (found) => agent.foundDamaged(found),
    }),
    mediaSource: httpMediaSource({ base: identity.media, user: device, password, ...ca }),
    outputs: hardware.outputs,
  });
  await agent.start();
  hardware.start();
  return {
    ...{ identity, agent, log },
    async stop() {
      await agent.stop();
      await hardware.stop();
      await store.close();
      log.info({}, 'the hall has stopped');
    },
  };
}

/** The identity on the disk; or a new one, where there is none and a code to make it with. */
async function knownIdentity({ data, code, server }: DeviceConfig): Promise<Identity> {
  const path = join(data, 'identity.json');
  try {
    return await loadIdentity(path);
  } catch (error) {
    if (!isDeviceError(error, 'config-invalid') || code === undefined) throw error;
    if (server === undefined)
      throw new DeviceError('config-invalid', { why: 'a code needs a server' }, error);
    const identity = await enrol(code, httpEnrolment(server)).catch((refused: unknown) => {
      if (!isDeviceError(refused)) throw refused;
      // Whether this is a new hall or a damaged file decides what the technician does next.
      throw new DeviceError(refused.code, { ...refused.context, identity: error.context.why }, refused);
    });
    await saveIdentity(path, identity);
    return identity;
  }
}

interface Hardware {
  outputs: (kit: OutputKit) => OutputUnit[];
  start: () => void;
  stop: () => Promise<void>;
}

/** What is configured, whether it is there or not: what is missing is a warning of the running hall. */
async function hardwareOf(config: DeviceConfig, log: Log): Promise<Hardware> {
  const { board, tower, place, brightness, fallback } = config;
  const link = board === undefined ? undefined : boardLink(board, log);
  const sign = signOf(config, link, log);
  const painter = sign?.panel.abilities().pixels
    ? new ChildTextPainter({ childPath: textPainterChildPath() })
    : undefined;
  const decoder = new FfmpegDecoder(process.env);
  const player = tower === undefined ? undefined : await choosePlayer(tower.player);
  const amplifier =
    link !== undefined && board?.amplifier ? new BoardAmplifier(link, systemClock) : new NoAmplifier();
  return {
    outputs: (kit) => [
      ...(player === undefined
        ? []
        : [towerUnit({ player, amplifier, decoder, gainDb: tower?.gain_db ?? 0 }, kit)]),
      ...(sign === undefined
        ? []
        : [panelUnit({ sign, painter, place, brightness, fallback: fallback || undefined }, kit)]),
    ],
    start: () => {
      link?.start();
      sign?.start();
      if (player !== undefined) void decoder.binary();
    },
    stop: async () => {
      painter?.close();
      await sign?.stop();
      await link?.stop();
    },
  };
}

/** The sign of another maker, or the one on our own board; undefined = the hall has none. */
function signOf(
  { board, sign }: DeviceConfig,
  link: BoardLink | undefined,
  log: Log,
): OpenedSign | undefined {
  if (sign !== undefined) {
    const openFolder = (options: PngPanelOptions) => new PngPanel(options);
    return openSign(sign, { clock: systemClock, log, openLine, openFolder });
  }
  if (link === undefined || board?.panel === undefined) return undefined;
  const panel = new BoardPanel(link, board.panel);
  return {
    panel: board.panel.turned === 0 ? panel : new TurnedPanel(panel, board.panel.turned),
    // The board is there for the amplifier too: its link starts and stops with the hall.
    start: () => {},
    stop: async () => {},
    whyNot: () => panel.whyNot(),
    onChange: (call) => link.onChange(call),
  };
}

function boardLink({ line, address }: NonNullable<DeviceConfig['board']>, log: Log): BoardLink {
  const parts = { address, clock: systemClock, random: systemRandom, log };
  if (address === undefined) return new BoardLink({ line: openLine(line), ...parts });
  return new BoardLink({ ...new SharedLine(openLine(line), systemClock).member(), ...parts });
}

async function choosePlayer(config: PlayerConfig): Promise<Player> {
  if (config.type === 'wav') return new WavPlayer(config.folder);
  const card = new AlsaPlayer({ device: config.device });
  if (config.type === 'alsa') return card;
  try {
    const voice = await card.arm();
    await voice.cut();
    return card;
  } catch {
    return new WavPlayer(config.folder);
  }
}
