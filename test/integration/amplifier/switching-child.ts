import { DeviceConfig } from '../../../device/config.ts';
import { amplifierOf } from '../../../device/main/amplifier.ts';

/** A process that switches an amplifier on and then only lives, until it is killed. Its argument: the configuration, JSON. */
const [, , written = '{}'] = process.argv;
const amplifier = amplifierOf(
  DeviceConfig.parse({ data: '/nowhere', amplifier: JSON.parse(written) }),
  undefined,
);
await amplifier.on();
process.stdout.write('on\n');
setInterval(() => {}, 60_000);
