import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import { EMERGENCY_TEXTS } from './emergency-texts.ts';
import type { TemplateRecord } from './template-records.ts';

/** What was written for areas, and what prakat brings along where the nation has nothing under the same id. */
export function withOurs(written: TemplateRecord[]): TemplateRecord[] {
  const ofNation = new Set(written.filter(({ area }) => area === 'th').map(({ id }) => id));
  return [...written, ...EMERGENCY_TEXTS.filter(({ id }) => !ofNation.has(id))];
}

/** Those that hold in an area: of each id the one of the nearest area. */
export function holdingIn(area: AreaCode, templates: TemplateRecord[]): TemplateRecord[] {
  const nearest = new Map<string, TemplateRecord>();
  for (const each of templates) {
    if (!contains(each.area, area)) continue;
    const known = nearest.get(each.id);
    if (known === undefined || contains(known.area, each.area)) nearest.set(each.id, each);
  }
  return [...nearest.values()];
}
