import type { AreaCode, Target } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { ORDER_LIMITS } from '../../firmware-protocol/content/order.ts';
import type { GroupsRequest } from '../../firmware-protocol/mqtt/place-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { AreaSet } from '../areas/area-set.ts';
import type { GroupRecord } from '../areas/place-records.ts';
import { mayReach } from '../areas/reach.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import { othersFirst } from '../others-first.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTargets } from './targets.ts';

const PREFIX = 'group/';
/** Some ms of the database. */
const LOOKED_AT_IN_ONE_GO = 2_000;

/** Reads the groups that lie in the asker's areas, makes or changes one, or takes one away. */
export async function groups(
  asker: OperatorIdentity,
  { group, title, areas, remove }: GroupsRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'groups'>> {
  const { db } = needs.province;
  const known = group === undefined ? undefined : await db.groups.get(group);
  if (group === undefined || (title === undefined && areas === undefined && !remove))
    return {
      groups: await rows(
        asker,
        group === undefined ? await db.groups.all() : [required(group, known)],
        needs,
      ),
    };
  // Who changes a group speaks for all of it, also for what it loses.
  const all = [...new Set([...(areas ?? []), ...(known?.areas ?? [])])];
  await refuseTargets(asker, all, 'areas', needs);
  if (remove) {
    required(group, known);
    await db.groups.drop(group);
    return { groups: [] };
  }
  const record: GroupRecord = {
    id: group,
    title: title ?? known?.title ?? group,
    areas: outermost(areas ?? required(group, known).areas),
    by: asker.user,
    changedAt: needs.clock.wall(),
  };
  await db.groups.put(record);
  return { groups: await rows(asker, [record], needs) };
}

function required(group: string, known: GroupRecord | undefined): GroupRecord {
  if (known !== undefined) return known;
  const context = { group };
  throw new ServerError('unknown-group', {
    context,
    faults: [domainFault('group', 'unknown-group', context)],
  });
}

function outermost(areas: AreaCode[]): AreaCode[] {
  return new AreaSet(areas).outermost().sort();
}

async function rows(
  asker: OperatorIdentity,
  records: GroupRecord[],
  { province }: RequestNeeds,
): Promise<AnswerTo<'groups'>['groups']> {
  const visible = records.filter(({ areas }) => areas.every((area) => mayReach(asker.areas, area)));
  return Promise.all(
    visible.map(async ({ id, title, areas, by, changedAt }) => ({
      group: id,
      title,
      areas,
      devices: total(await province.db.standings.countByOutputs(areas)),
      by,
      changed_at: instantOf(changedAt),
    })),
  );
}

function total(counts: { devices: number }[]): number {
  return counts.reduce((sum, { devices }) => sum + devices, 0);
}

/**
 * Groups among what an operator named -> their areas as they are now. Of a group that is larger than an order can name, the
 * villages that have a box. Throws `unknown-group`, `too-many-targets`.
 */
export async function resolvedTargets(to: string[], path: string, needs: RequestNeeds): Promise<Target[]> {
  const resolved = await Promise.all(
    to.map(async (target, at) => {
      if (!target.startsWith(PREFIX)) return [target];
      const group = target.slice(PREFIX.length);
      const record = await needs.province.db.groups.get(group);
      const context = { group };
      if (record === undefined)
        throw new ServerError('unknown-group', {
          context,
          faults: [domainFault(`${path}[${at}]`, 'unknown-group', context)],
        });
      return record.areas.length <= ORDER_LIMITS.targets ? record.areas : inhabited(record.areas, needs);
    }),
  );
  const all = [...new Set(resolved.flat())];
  if (all.length <= ORDER_LIMITS.targets) return all;
  const context = { count: all.length, limit: ORDER_LIMITS.targets };
  throw new ServerError('too-many-targets', {
    context,
    faults: [domainFault(path, 'too-many-targets', context)],
  });
}

async function inhabited(areas: AreaCode[], { province }: RequestNeeds): Promise<AreaCode[]> {
  const there: AreaCode[] = [];
  for (let at = 0; at < areas.length; at += LOOKED_AT_IN_ONE_GO) {
    there.push(...(await province.db.standings.inhabited(areas.slice(at, at + LOOKED_AT_IN_ONE_GO))));
    await othersFirst();
  }
  return there;
}
