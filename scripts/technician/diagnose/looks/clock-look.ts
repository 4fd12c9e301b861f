import { access } from 'node:fs/promises';
import { knowsTheTime } from '../../../../device/orders/here.ts';
import { TIME_KEEPER_TIMES } from '../../../../device/time/time-keeper.ts';
import { epochMsOf } from '../../../../firmware-protocol/content/instant.ts';
import type { ClockTrust } from '../../../../firmware-protocol/content/report.ts';
import { when } from '../../../cli/when.ts';
import { causeAndRemedy } from '../cause-and-remedy.ts';
import { type Finding, found } from '../finding.ts';
import { FIRST_RELEASE_MS } from '../first-release.ts';
import type { Visit } from '../visit.ts';

/** What else tells the time: made by systemd-timesyncd when it has set the clock; a clock with a battery. */
const SOURCES = { NTP: '/run/systemd/timesync/synchronized', RTC: '/sys/class/rtc/rtc0' };

/** Beyond it seconds tell nobody anything. */
const HOUR_MS = 3_600_000;

const TRUST_TH: Record<ClockTrust, string> = {
  none: 'ไม่ทราบเวลา',
  floor: 'ยังไม่มีใครยืนยัน',
  server: 'เซิร์ฟเวอร์ยืนยันแล้ว',
  full: 'ยืนยันสองแหล่ง',
};

export async function lookAtClock(visit: Visit): Promise<Finding> {
  const { running, person } = visit;
  const now = Date.now();
  const named = await Promise.all(
    Object.entries(SOURCES).map(async ([name, path]) => ((await isThere(path)) ? `, ${name}` : '')),
  );
  const sources = named.join('');
  if (running === undefined) return await withoutAgent(now, sources, person);
  const { at, state } = running.state;
  const off = now - epochMsOf(at);
  const figure = {
    en: `${when(at, 'en')}, trust ${state.trust}${sources}`,
    th: `${when(at, 'th')} ${TRUST_TH[state.trust]}${sources}`,
  };
  if (!knowsTheTime(state)) return found('clock', 'fail', { figure, ...causeAndRemedy('clock-unknown') });
  if (Math.abs(off) > TIME_KEEPER_TIMES.disagree_ms)
    return found('clock', 'warn', {
      figure: {
        en: `${figure.en}; the system is ${Math.abs(off) < HOUR_MS ? `${Math.round(off / 1_000)} s off` : `at ${when(now, 'en')}`}`,
        th: `${figure.th} นาฬิการะบบ${Math.abs(off) < HOUR_MS ? `ผิด ${Math.round(off / 1_000)} วินาที` : `เป็น ${when(now, 'th')}`}`,
      },
      ...causeAndRemedy('clock-wrong'),
    });
  return found('clock', 'ok', { figure });
}

async function withoutAgent(now: number, sources: string, person: Visit['person']): Promise<Finding> {
  const figure = { en: `${when(now, 'en')}${sources}`, th: `${when(now, 'th')}${sources}` };
  if (now < FIRST_RELEASE_MS)
    return found('clock', 'fail', {
      figure,
      cause: { en: 'the clock stands at its first moment', th: 'นาฬิกายังไม่ได้ตั้ง' },
      remedy: causeAndRemedy('clock-unknown').remedy,
    });
  const right = await person?.confirm({
    en: `This box thinks it is ${when(now, 'en')}. Does your phone say the same?`,
    th: `กล่องคิดว่าเป็นเวลา ${when(now, 'th')} ตรงกับโทรศัพท์หรือไม่`,
  });
  if (right === undefined) return found('clock', 'not-known', { figure });
  return right
    ? found('clock', 'ok', { figure })
    : found('clock', 'fail', { figure, ...causeAndRemedy('clock-unknown') });
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
