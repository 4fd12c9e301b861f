import { access } from 'node:fs/promises';
import { epochMsOf, instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { ClockTrust } from '../../../firmware-protocol/content/report.ts';
import { type Finding, found } from './finding.ts';
import { FIRST_RELEASE_MS } from './first-release.ts';
import type { Visit } from './visit.ts';

/** As the agent: system and server further apart than this is told (F12). */
const DISAGREE_MS = 60_000;
/** What else tells the time: made by systemd-timesyncd when it has set the clock; a clock with a battery. */
const SOURCES = { NTP: '/run/systemd/timesync/synchronized', RTC: '/sys/class/rtc/rtc0' };

const TRUST_TH: Record<ClockTrust, string> = {
  none: 'ไม่ทราบเวลา',
  floor: 'ยังไม่มีใครยืนยัน',
  server: 'เซิร์ฟเวอร์ยืนยันแล้ว',
  full: 'ยืนยันสองแหล่ง',
};

const SET_IT = {
  en: 'let the network pass NTP (UDP port 123), or mend the line to the server; a clock battery (RTC) bridges power cuts',
  th: 'เปิดให้ NTP ผ่าน (UDP พอร์ต 123) หรือแก้การเชื่อมต่อเซิร์ฟเวอร์ แบตเตอรี่นาฬิกา (RTC) ช่วยเมื่อไฟดับ',
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
    en: `${local(epochMsOf(at))}, trust ${state.trust}${sources}`,
    th: `${local(epochMsOf(at))} ${TRUST_TH[state.trust]}${sources}`,
  };
  if (state.trust === 'none' || state.trust === 'floor')
    return found('clock', 'fail', {
      figure,
      cause: {
        en: 'nobody has told this box the time since it was switched on: the programme does not play by it',
        th: 'ตั้งแต่เปิดเครื่องยังไม่มีใครบอกเวลา: ผังรายการจึงยังไม่เล่น',
      },
      remedy: SET_IT,
    });
  if (Math.abs(off) > DISAGREE_MS)
    return found('clock', 'warn', {
      figure: {
        en: `${figure.en}; the system is ${Math.round(off / 1_000)} s off`,
        th: `${figure.th} นาฬิการะบบผิด ${Math.round(off / 1_000)} วินาที`,
      },
      cause: {
        en: 'the system clock is wrong; the hall goes by the server',
        th: 'นาฬิการะบบผิด แต่หอใช้เวลาของเซิร์ฟเวอร์',
      },
      remedy: SET_IT,
    });
  return found('clock', 'ok', { figure });
}

async function withoutAgent(now: number, sources: string, person: Visit['person']): Promise<Finding> {
  const figure = { en: `${local(now)}${sources}`, th: `${local(now)}${sources}` };
  if (now < FIRST_RELEASE_MS)
    return found('clock', 'fail', {
      figure,
      cause: { en: 'the clock stands at its first moment', th: 'นาฬิกายังไม่ได้ตั้ง' },
      remedy: SET_IT,
    });
  const right = await person?.confirm({
    en: `This box thinks it is ${local(now)}. Does your phone say the same?`,
    th: `กล่องคิดว่าเวลา ${local(now)} ตรงกับโทรศัพท์หรือไม่`,
  });
  if (right === undefined) return found('clock', 'not-known', { figure });
  return right ? found('clock', 'ok', { figure }) : found('clock', 'fail', { figure, remedy: SET_IT });
}

function local(epochMs: number): string {
  return instantOf(epochMs).slice(0, 16).replace('T', ' ');
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
