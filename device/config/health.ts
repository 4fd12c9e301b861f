import { z } from 'zod';

/** Of the checks of the box. */
export const HealthConfig = z.strictObject({
  /** AT port of the modem, `/dev/ttyUSB2` say, asked where ModemManager does not know it; absent = nobody is asked. */
  modem_port: z.string().min(1).max(300).optional(),
});
export type HealthConfig = z.infer<typeof HealthConfig>;
