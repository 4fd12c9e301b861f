import { join } from 'node:path';
import { ntpSource } from '../../../device/drivers/machine/ntp-state.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { systemdSupervisor } from '../../../device/drivers/machine/systemd-notify.ts';
import { writeCanary } from '../../../device/drivers/machine/write-canary.ts';
import { MediaFolder } from '../../../device/drivers/media-folder.ts';
import { ModemSignal } from '../../../device/drivers/modem/modem-manager.ts';
import { MqttBus } from '../../../device/drivers/mqtt-bus.ts';
import { ChildTextPainter } from '../../../device/drivers/painter/text-painter.ts';
import { gpiodCommands } from '../../../device/drivers/relay/gpiod-relay.ts';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import { isDeviceError } from '../../../device/errors.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { stamped, started } from '../../contract/ports/store-records.ts';
import { openHall } from '../store/hall-folder.ts';
import { triedThrice, withoutProcesses } from './tried-thrice.ts';

/**
 * The drivers of a hall, tried before its descriptors or processes run out, while there are none, and after. Run as
 * `node hall-child.mjs <folder> <kept> <coming> [processes]`, two names of files by their hash; `kept` is there. Writes one line of
 * JSON for each.
 */
const [folder = '', kept = '', coming = '', lacking] = process.argv.slice(2);
const COMING = Buffer.from('ข่าวเที่ยง');

const store = await openHall(folder);
const media = new MediaFolder({ folder: join(folder, 'media'), clock: systemClock });
const player = new AlsaPlayer({ device: 'default', aplay: join(folder, 'aplay') });
const painter = new ChildTextPainter({ childPath: join(folder, 'no-painter.mjs') });
const bus = new MqttBus({ url: 'mqtt://127.0.0.1:9', device: 'hall-1', password: 'x' });
const supervisor = systemdSupervisor({ NOTIFY_SOCKET: join(folder, 'notify') }, silentLog);
const will = { topic: 't', payload: new Uint8Array(), qos: 1 as const, retained: false };

const TRIES: Record<string, () => Promise<unknown>> = {
  store: () => store.commit({ reports: [stamped(started('play'))] }),
  'a file that is there': () => media.path(kept),
  'a file that comes': async () => {
    await media.append(coming, COMING);
    const path = await media.finish(coming);
    await media.remove(coming);
    return path;
  },
  'the sound device': async () => (await player.arm()).cut(),
  'the painter': () =>
    painter.paint({
      ...{ width: 64, height: 32, depth: 'mono', marquee: false },
      content: { type: 'idle', dates: [], place: 'บ้านโนนสว่าง' },
    }),
  'the broker': () => bus.connect({ will, onMessage: () => {}, onClosed: () => {} }),
  // Programs that may be missing say nothing, and so does one that cannot be started.
  'the time service': () => ntpSource(systemClock).ask(),
  'the modem': () => new ModemSignal().look(true),
  'a relay on a pin': () => gpiodCommands({ line: 'NO-SUCH-PIN', activeLow: false }),
  'the supervisor': async () => supervisor.alive(),
  'the canary': () => writeCanary(join(folder, 'canary'), 512),
};

await triedThrice(
  TRIES,
  (error) => (isDeviceError(error) ? error.code : `${(error as { code?: string }).code ?? error}`),
  lacking === 'processes' ? withoutProcesses() : undefined,
);
painter.close();
await store.close();
