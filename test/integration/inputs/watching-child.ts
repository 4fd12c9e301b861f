import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { GpiomonContact } from '../../../device/drivers/relay/gpiomon-contact.ts';

/** Watches a pin until it is killed. */
new GpiomonContact({
  gpio: { line: 'GPIO27', activeLow: true, bias: 'pull-up' },
  clock: systemClock,
  trouble: () => {},
}).start();
