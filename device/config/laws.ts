import type { z } from 'zod';
import { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';

/** What may sound at this hall when, how loud and how long. */
export const LawsConfig = SiteLaws;
export type LawsConfig = z.infer<typeof LawsConfig>;
