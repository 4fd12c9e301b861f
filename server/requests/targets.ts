import { type AreaCode, contains, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import { mayReach } from '../areas/reach.ts';
import { ServerError, type ServerErrorCode } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';

interface Refusal {
  path: string;
  code: ServerErrorCode;
  context: Record<string, string>;
}

type Needs = Pick<RequestNeeds, 'places' | 'fleet'>;

/** Throws `unknown-area`, `unknown-device` or `outside-scope`, with a fault for each target that is refused. */
export async function refuseTargets(
  asker: OperatorIdentity,
  to: Target[],
  path: string,
  needs: Needs,
): Promise<void> {
  const all = await Promise.all(to.map((target, at) => refusalOf(asker, target, `${path}[${at}]`, needs)));
  throwFirst(all.filter((refusal) => refusal !== undefined));
}

/** The same for a single area or device. */
export async function refuseTarget(
  asker: OperatorIdentity,
  target: Target,
  path: string,
  needs: Needs,
): Promise<void> {
  const refusal = await refusalOf(asker, target, path, needs);
  throwFirst(refusal === undefined ? [] : [refusal]);
}

/** Throws `unknown-area` where there is no such area. */
export async function refuseUnknown(area: AreaCode, places: Needs['places']): Promise<void> {
  if (await places.exists(area)) return;
  throwFirst([{ path: 'area', code: 'unknown-area', context: { area } }]);
}

/** What of `area` the asker may look into: all of it, or the areas of its own that lie inside. Throws `outside-scope`. */
export function visibleWithin(asker: OperatorIdentity, area: AreaCode): AreaCode[] {
  if (mayReach(asker.areas, area)) return [area];
  const own = asker.areas.filter((inner) => contains(area, inner));
  const outermost = own.filter((one) => !own.some((other) => other !== one && contains(other, one)));
  if (outermost.length === 0) throwFirst([{ path: 'area', code: 'outside-scope', context: { area } }]);
  return outermost;
}

async function refusalOf(
  asker: OperatorIdentity,
  target: Target,
  path: string,
  { places, fleet }: Needs,
): Promise<Refusal | undefined> {
  const device = deviceOf(target);
  const area = device === undefined ? target : (await fleet.device(device))?.village;
  if (area === undefined) return { path, code: 'unknown-device', context: { device: device ?? target } };
  if (device === undefined && !(await places.exists(area)))
    return { path, code: 'unknown-area', context: { area } };
  return mayReach(asker.areas, area) ? undefined : { path, code: 'outside-scope', context: { area: target } };
}

function throwFirst(refusals: Refusal[]): void {
  const [first] = refusals;
  if (first === undefined) return;
  const faults = refusals.slice(0, 20).map(({ path, code, context }) => domainFault(path, code, context));
  throw new ServerError(first.code, { context: first.context, faults });
}
