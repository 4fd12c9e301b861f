import { isDay, todayAt, type View } from './days.ts';

/** What the address says of this room: `?area=43&view=week&day=2026-11-30&which=published`. */
export interface ScheduleAddress {
  area: string;
  view: View;
  day: string;
  /** What is planned as its draft has it, or as the villages hear it. */
  which: 'draft' | 'published';
}

const VIEWS: readonly View[] = ['day', 'week', 'month', 'areas'];
/** As `AreaCode` of content/area.ts has it. */
const AREA = /^(th|[1-9]\d(\d{2}){0,3})$/;

/** Whatever is not there, or is nonsense, is as on the first visit: the area of the account, today. */
export function addressOf(
  search: Record<string, unknown>,
  usual: { area: string; now: number; view: View },
): ScheduleAddress {
  const { area, view, day, which } = search;
  // The router reads `43` as a number.
  const code = String(area ?? '');
  return {
    area: AREA.test(code) ? code : usual.area,
    view: VIEWS.find((each) => each === view) ?? usual.view,
    day: isDay(day) ? day : todayAt(usual.now),
    which: which === 'published' ? 'published' : 'draft',
  };
}
