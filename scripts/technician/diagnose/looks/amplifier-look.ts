import type { Tested } from '../../../../firmware-protocol/local/verbs.ts';
import type { Words } from '../../../cli/words.ts';
import { type Finding, found, skippedFor } from '../finding.ts';
import { notConfigured, notDone, tried } from '../test-verdict.ts';
import type { Tester } from '../tester.ts';
import type { Visit } from '../visit.ts';

/** Then the amplifier is not switched on at all. */
const NO_SOUND: ReadonlySet<string> = new Set(['no-sound-device', 'player-failed', 'player-hung']);

/** The relay, and the current where it is measured. */
export async function lookAtAmplifier(visit: Visit, tester: Tester): Promise<Finding> {
  if (visit.config.tower === undefined) return notConfigured('amplifier');
  // Nobody is sent to listen for what does not happen.
  if (!(await tester.hasSound().catch(() => true))) return skippedFor('amplifier', 'sound-card');
  visit.person?.attention({
    en: 'the amplifier is switched on for three seconds: listen for its relay, look at its lamp',
    th: 'กำลังเปิดเครื่องขยายเสียงสามวินาที ฟังเสียงรีเลย์และดูไฟ',
  });
  const tested = await tried(() => tester.amplifier());
  if (NO_SOUND.has(tested.reason ?? '')) return skippedFor('amplifier', 'sound-card');
  if (tested.tower === undefined || tested.outcome !== 'finished') return notDone('amplifier', tested);
  const { amplifier } = tested.tower;
  if (amplifier === 'failed') return notDone('amplifier', { ...tested, reason: 'amplifier-failed' });
  const clicked = await visit.person?.confirm({
    en: 'The amplifier was switched on for three seconds. Did its relay click or its lamp light?',
    th: 'เปิดเครื่องขยายเสียงสามวินาทีแล้ว ได้ยินรีเลย์หรือเห็นไฟติดหรือไม่',
  });
  if (clicked === false)
    return found('amplifier', 'fail', {
      cause: {
        en: 'the command goes out, and the amplifier does not follow',
        th: 'คำสั่งออกไปแล้วแต่เครื่องขยายเสียงไม่ทำงาน',
      },
      remedy: {
        en: 'check its mains and fuse, then the wires of the relay',
        th: 'ตรวจไฟและฟิวส์ของเครื่องขยายเสียง แล้วตรวจสายรีเลย์',
      },
    });
  const known = amplifier === 'on' || clicked === true;
  return found('amplifier', known ? 'ok' : 'not-known', { figure: measuredOf(tested.tower) });
}

/** What is known of it beside what a person saw. */
function measuredOf({ amplifier, current_ma, hottest_c, relay }: NonNullable<Tested['tower']>): Words {
  const said =
    amplifier === 'on'
      ? { en: 'it says that it was on', th: 'รายงานว่าเปิดแล้ว' }
      : { en: 'it cannot say', th: 'ไม่มีการวัดกลับ' };
  const measures = [
    ...(relay?.settled_ms === undefined ? [] : [`${relay.settled_ms - relay.on_ms} ms`]),
    ...(current_ma === undefined ? [] : [`${(current_ma.median / 1_000).toFixed(2)} A`]),
    ...(hottest_c === undefined ? [] : [`${hottest_c} °C`]),
  ].join(', ');
  return measures === '' ? said : { en: `${said.en}, ${measures}`, th: `${said.th} ${measures}` };
}
