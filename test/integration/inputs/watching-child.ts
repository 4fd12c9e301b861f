import { GpiomonContact } from '../../../device/drivers/gpiomon-contact.ts';
import { systemClock } from '../../../device/drivers/system-clock.ts';

/** Watches a pin until it is killed. */
new GpiomonContact({
  gpio: { line: 'GPIO27', activeLow: true, bias: 'pull-up' },
  clock: systemClock,
  trouble: () => {},
}).start();
