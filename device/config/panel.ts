import { z } from 'zod';
import type { Chain } from '../panel/geometry/chain.ts';
import type { QuarterTurns } from '../panel/geometry/rotation.ts';
import type { SignGeometry } from '../panel/geometry/sign-geometry.ts';

/** How a sign hangs, clockwise, seen from the street, as a technician says it: degrees. */
export const Turned = z
  .literal([0, 90, 180, 270])
  .default(0)
  .transform((degrees): QuarterTurns => (({ 0: 0, 90: 1, 180: 2, 270: 3 }) as const)[degrees]);

const ChainConfig = z.strictObject({
  start: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']).default('top-left'),
  along: z.enum(['rows', 'columns']).default('rows'),
  serpentine: z.boolean().default(false),
}) satisfies z.ZodType<Chain>;

/** No sign of the field is larger: 2,048 x 1,024 lamps. */
const MOST = { lamps: 2_048, modules: 256 } as const;

/**
 * `{"module": {"width": 32, "height": 16}, "modules": {"columns": 4, "rows": 4}, "chain": {"serpentine": true}}`: how the
 * lamps of a sign follow one another, where its controller takes them in the order of the wire.
 */
export const GeometryConfig = z
  .strictObject({
    module: z.strictObject({
      width: z.int().min(1).max(MOST.lamps),
      height: z.int().min(1).max(MOST.lamps),
    }),
    modules: z
      .strictObject({
        columns: z.int().min(1).max(MOST.modules),
        rows: z.int().min(1).max(MOST.modules),
      })
      .default({ columns: 1, rows: 1 }),
    chain: ChainConfig.prefault({}),
    lamps: ChainConfig.prefault({}),
    flips_every_second_run: z.boolean().default(false),
    turned: Turned,
  })
  .refine(
    ({ module, modules }) =>
      module.width * modules.columns <= MOST.lamps && module.height * modules.rows <= MOST.lamps,
    { message: `a sign has at most ${MOST.lamps} lamps a side`, path: ['modules'] },
  )
  .transform(
    ({ flips_every_second_run, turned, ...parts }): SignGeometry => ({
      ...parts,
      flipsEverySecondRun: flips_every_second_run,
      turns: turned,
    }),
  );
