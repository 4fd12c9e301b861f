import { z } from 'zod';
import { lineOf } from '../content/announcement.ts';
import { AreaCode } from '../content/area.ts';
import { Instant } from '../content/instant.ts';
import { Transaction } from './answer.ts';
import { PreparedPush } from './push-request.ts';

/** Announcements that lie ready, by area: what is said again and again, and what nobody should have to think up in an emergency. */

export const TEMPLATE_LIMITS = { ofAnArea: 100, told: 500 } as const;

export const TemplateId = z.string().regex(/^[a-z0-9-]{2,40}$/, 'a template is 2 to 40 of a-z, 0-9 and "-"');
export const TemplateUse = z.enum(['emergency', 'saved']);

/** Reads the templates, puts one in its place, or takes one away. A template holds in its area and below. */
export const TemplatesRequest = z
  .strictObject({
    /** Only those that hold there, of each id the one of the nearest area. Absent: all that concern the asker. With a change: whose it is. */
    area: AreaCode.optional(),
    use: TemplateUse.optional(),
    change: z.enum(['put', 'remove']).optional(),
    template: TemplateId.optional(),
    title: lineOf(120).optional(),
    push: PreparedPush.optional(),
    transaction: Transaction.optional(),
  })
  .refine(
    ({ change, area, template }) => change === undefined || (area !== undefined && template !== undefined),
    {
      message: 'name the area and the template',
      path: ['template'],
    },
  )
  .refine(
    ({ change, title, use, push }) =>
      change !== 'put' || (title !== undefined && use !== undefined && push !== undefined),
    { message: 'give use, title and push', path: ['push'] },
  )
  .refine(({ use, push }) => use !== 'emergency' || push === undefined || push.expires_in_s !== undefined, {
    message: 'an emergency says how long its order may wait',
    path: ['push', 'expires_in_s'],
  });
export type TemplatesRequest = z.infer<typeof TemplatesRequest>;

export const Template = z.object({
  area: AreaCode,
  template: TemplateId,
  use: TemplateUse,
  title: z.string(),
  /** As `push` takes it, when `to` is added. */
  push: PreparedPush,
  by: z.string(),
  /** Absent in those that prakat brings along: they hold where no area has its own under this id. */
  changed_at: Instant.optional(),
  /** Whether the asker may change it or take it away. */
  may_change: z.boolean(),
});
export type Template = z.infer<typeof Template>;

export const TemplatesAnswer = z.object({
  /** Emergencies first, then by title. */
  templates: z.array(Template),
  left_out: z.int(),
});

export const TEMPLATE_REQUESTS = {
  templates: { request: TemplatesRequest, answer: TemplatesAnswer },
} as const;
