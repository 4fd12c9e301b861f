import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { PreparedPush } from '../../firmware-protocol/mqtt/push-request.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import {
  TEMPLATE_LIMITS,
  type Template,
  type TemplatesRequest,
} from '../../firmware-protocol/mqtt/template-requests.ts';
import { mayReach } from '../areas/reach.ts';
import type { TemplateRecord } from '../content/template-records.ts';
import { holdingIn, withOurs } from '../content/templates.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import { hasRight } from '../operators/rights.ts';
import type { OperatorIdentity } from '../ports.ts';
import { announcementIn } from './push.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

/** Of the templates of an answer; the longest of them are some 30 KB. */
const BYTES_TOLD = 500_000;

/** Reads the templates that hold in an area or concern the asker; writes one, or takes one away. */
export async function templates(
  asker: OperatorIdentity,
  request: TemplatesRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'templates'>> {
  const { area, use, change, template } = request;
  const { db } = needs.province;
  if (change !== undefined && area !== undefined && template !== undefined) {
    await refuseTarget(asker, area, 'area', needs);
    return change === 'remove'
      ? remove(area, template, needs)
      : { templates: [rowOf(asker, await put(asker, area, template, request, needs))], left_out: 0 };
  }
  const all = withOurs(await db.templates.all()).filter((each) => concerns(asker, each.area));
  const wanted = (area === undefined ? all : holdingIn(await visible(asker, area, needs), all)).filter(
    (each) => use === undefined || each.use === use,
  );
  return told(wanted.sort(byUseAndTitle).map((each) => rowOf(asker, each)));
}

/** What is kept above an area is for those below it; what is kept below, for those above. */
function concerns({ areas }: OperatorIdentity, area: AreaCode): boolean {
  return areas.some((own) => contains(own, area) || contains(area, own));
}

async function visible(asker: OperatorIdentity, area: AreaCode, needs: RequestNeeds): Promise<AreaCode> {
  if (!asker.areas.some((own) => contains(area, own))) await refuseTarget(asker, area, 'area', needs);
  return area;
}

async function put(
  asker: OperatorIdentity,
  area: AreaCode,
  id: string,
  { title = id, use = 'saved', push }: TemplatesRequest,
  needs: RequestNeeds,
): Promise<TemplateRecord> {
  const { db } = needs.province;
  if (push === undefined) throw new Error('the form of the request lets no push be missing');
  await refuseUnknownFiles(push, area, asker, needs);
  const others = (await db.templates.all()).filter((each) => each.area === area && each.id !== id);
  const limit = TEMPLATE_LIMITS.ofAnArea;
  if (others.length >= limit) throw new ServerError('too-many-templates', { context: { area, limit } });
  const record = { area, id, use, title, push, by: asker.user, changedAt: needs.clock.wall() };
  await db.templates.put(record);
  return record;
}

/** What cannot be pushed is told where it is typed. */
async function refuseUnknownFiles(
  { say: _takesAVoice, ...silent }: PreparedPush,
  area: AreaCode,
  asker: OperatorIdentity,
  needs: RequestNeeds,
): Promise<void> {
  await announcementIn({ ...silent, to: [area], expires_in_s: 900 }, asker.user, needs).catch(
    (error: unknown) => {
      if (!(error instanceof ServerError)) throw error;
      const { context } = error;
      const faults = error.faults.map((fault) => ({ ...fault, path: `push.${fault.path}` }));
      throw new ServerError(error.code, { context, faults, cause: error });
    },
  );
}

async function remove(
  area: AreaCode,
  template: string,
  { province: { db } }: RequestNeeds,
): Promise<AnswerTo<'templates'>> {
  if ((await db.templates.get(area, template)) === undefined) {
    const context = { area, template };
    const faults = [domainFault('template', 'unknown-template', context)];
    throw new ServerError('unknown-template', { context, faults });
  }
  await db.templates.drop(area, template);
  return { templates: [], left_out: 0 };
}

function rowOf(
  asker: OperatorIdentity,
  { area, id, use, title, push, by, changedAt }: TemplateRecord,
): Template {
  const may_change = changedAt !== null && hasRight(asker, 'speak') && mayReach(asker.areas, area);
  return {
    ...{ area, template: id, use, title, push, by, may_change },
    ...(changedAt !== null && { changed_at: instantOf(changedAt) }),
  };
}

function byUseAndTitle(one: TemplateRecord, other: TemplateRecord): number {
  if (one.use !== other.use) return one.use === 'emergency' ? -1 : 1;
  return one.title.localeCompare(other.title, 'th') || one.area.length - other.area.length;
}

function told(rows: Template[]): AnswerTo<'templates'> {
  const templates: Template[] = [];
  let bytes = 0;
  for (const row of rows.slice(0, TEMPLATE_LIMITS.told)) {
    bytes += Buffer.byteLength(JSON.stringify(row));
    if (bytes > BYTES_TOLD) break;
    templates.push(row);
  }
  return { templates, left_out: rows.length - templates.length };
}
