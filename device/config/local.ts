import { z } from 'zod';

/**
 * What the box shows at the hall itself. The control socket is always there, for whoever may read the data folder; the page is
 * only where it is wanted: `{"page": {"listen": "192.168.1.50"}}`, an address of this box.
 */
export const LocalConfig = z.strictObject({
  page: z
    .strictObject({
      /** One address of one network, not every one that a modem may bring: a hall's box stands on mobile networks too. */
      listen: z.union([z.ipv4(), z.ipv6()]).refine((address) => address !== '0.0.0.0' && address !== '::', {
        message: 'name one address of the box; the page is not for every network',
      }),
      port: z.int().min(0).max(65_535).default(8_090),
      /** A link is good for so long; `prakat diagnose` makes a new one. */
      link_days: z.int().min(1).max(366).default(30),
    })
    .optional(),
});
export type LocalConfig = z.infer<typeof LocalConfig>;
