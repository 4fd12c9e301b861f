import { readFile } from 'node:fs/promises';
import type { Tested } from '../../../../firmware-protocol/local/verbs.ts';
import type { Words } from '../../../cli/words.ts';
import type { PortHolder } from '../../port-holder.ts';
import { type Finding, found, plain, type StepId, skippedFor } from '../finding.ts';
import { saidBeside } from '../said-beside.ts';
import { isBusy, soundHolder } from '../sound-holder.ts';
import { notConfigured, notDone, tried } from '../test-verdict.ts';
import type { Tester } from '../tester.ts';
import type { Visit } from '../visit.ts';

const QUIET_PERCENT = 1;
const FULL_PERCENT = 100;

const HEARD_QUIET: Words = {
  en: 'A soft chime was played. Did you hear it (beside the loudspeaker, or with headphones in the box)?',
  th: 'เล่นเสียงเบาแล้ว ได้ยินหรือไม่ (ข้างลำโพง หรือฟังด้วยหูฟังที่กล่อง)',
};
const LISTEN: Words = { en: 'listen: a chime comes now', th: 'ฟังเสียงที่กำลังจะดัง' };
const MAY_BE_LOUD: Words = {
  en: 'Play it once at full level now? The whole village hears it.',
  th: 'เล่นเสียงเต็มระดับหนึ่งครั้งเลยหรือไม่ ทั้งหมู่บ้านจะได้ยิน',
};
const MAY_WAKE: Words = {
  en: 'It is the quiet time of this village. Play it all the same? It wakes people, and the report says that you wanted it.',
  th: 'ขณะนี้เป็นเวลางดใช้เสียงของหมู่บ้าน ยืนยันให้เล่นเสียงเต็มระดับหรือไม่ ชาวบ้านจะตื่น และรายงานจะบันทึกว่าท่านยืนยัน',
};
const HEARD_FULL: Words = {
  en: 'Was it loud and clean from every loudspeaker of the tower?',
  th: 'เสียงดังชัดจากลำโพงทุกตัวบนหอหรือไม่',
};

/** Sound device, the chime at 1 %, then in full where the person wants it. */
export async function* walkSound(visit: Visit, tester: Tester): AsyncGenerator<Finding> {
  const { person, loud } = visit;
  if (visit.config.tower === undefined) {
    yield notConfigured('sound-card');
    return;
  }
  person?.attention(LISTEN);
  const quiet = await tried(() => tester.tone(QUIET_PERCENT));
  const { player } = visit.config.tower;
  const card = await cardOf(quiet, player.type === 'wav' ? player.folder : player.device);
  yield card;
  if (card.result === 'fail') {
    yield skippedFor('sound-quiet', 'sound-card');
    yield skippedFor('sound-full', 'sound-card');
    return;
  }
  yield await heard('sound-quiet', quiet, person && (() => person.confirm(HEARD_QUIET)));
  const wanted = loud || (await person?.confirm(MAY_BE_LOUD)) === true;
  if (!wanted) {
    yield found('sound-full', 'skipped', { cause: { en: 'not wanted now', th: 'ยังไม่ต้องการ' } });
    return;
  }
  person?.attention(LISTEN);
  const full = await toneInFull(tester, person);
  yield await heard('sound-full', full, person && (() => person.confirm(HEARD_FULL)));
}

/** What the quiet hours refuse is played for a person who says so once more, and for nobody else. */
async function toneInFull(tester: Tester, person: Visit['person']): Promise<Tested> {
  const full = await tried(() => tester.tone(FULL_PERCENT));
  if (full.reason !== 'quiet-hours' || (await person?.confirm(MAY_WAKE)) !== true) return full;
  person?.attention(LISTEN);
  return tried(() => tester.tone(FULL_PERCENT, true));
}

function takenBy({ sink, frames, rate_hz }: NonNullable<Tested['tower']>): Words {
  const seconds = (frames / rate_hz).toFixed(1);
  return { en: `${sink}, took ${seconds} s of sound`, th: `${sink} รับเสียงแล้ว ${seconds} วินาที` };
}

async function cardOf(tested: Tested, wanted: string): Promise<Finding> {
  const { tower } = tested;
  if (tower !== undefined && tower.frames > 0) return found('sound-card', 'ok', { figure: takenBy(tower) });
  const said = saidBeside(tested.detail, tested.reason ?? '');
  const figure = plain([wanted, await cardsThere(), said].filter((part) => part !== '').join('; '));
  if (isBusy(said)) return held(figure, await soundHolder());
  // Who stands before an amplifier without mains shall not change the sound card.
  if (tested.reason === 'amplifier-failed')
    return found('sound-card', 'not-known', {
      figure,
      cause: {
        en: 'the amplifier did not come on, so nothing was sent to it',
        th: 'เครื่องขยายเสียงไม่ทำงาน จึงยังไม่ได้ส่งเสียงไปที่การ์ด',
      },
    });
  return { ...notDone('sound-card', tested), figure };
}

function held(figure: Words, holder: PortHolder | undefined): Finding {
  const who = holder === undefined ? '' : ` (${holder.program ?? '?'}, pid ${holder.pid})`;
  return found('sound-card', 'fail', {
    figure,
    cause: {
      en: `the sound card is there, and another program plays on it${who}`,
      th: `มีการ์ดเสียงอยู่ แต่โปรแกรมอื่นกำลังใช้${who}`,
    },
    remedy: {
      en: 'end that program, and see that it does not start with the box (PulseAudio, PipeWire, a media player); then do this again',
      th: 'ปิดโปรแกรมนั้น และตั้งไม่ให้เปิดพร้อมเครื่อง (PulseAudio, PipeWire, โปรแกรมเล่นเพลง) แล้วตรวจใหม่',
    },
  });
}

/** What the kernel sees: `0 Headphones, 1 USB Audio`. */
async function cardsThere(): Promise<string> {
  const listed = await readFile('/proc/asound/cards', 'utf8').catch(() => '');
  const cards = [...listed.matchAll(/^\s*(\d+) \[[^\]]*\]: .* - (.+)$/gm)].map(
    ([, n, name]) => `${n} ${name}`,
  );
  return `/proc/asound/cards: ${cards.length === 0 ? '-' : cards.join(', ')}`;
}

async function heard(
  step: StepId,
  tested: Tested,
  ask: (() => Promise<boolean | undefined>) | undefined,
): Promise<Finding> {
  if (tested.outcome !== 'finished') return notDone(step, tested);
  const peak = tested.tower?.peak_cdbfs;
  const figure = plain(
    `${peak === undefined ? '-' : (peak / 100).toFixed(1)} dBFS, ${((tested.tower?.ms ?? 0) / 1_000).toFixed(1)} s`,
  );
  const yes = await ask?.();
  if (yes === undefined)
    return found(step, 'not-known', {
      figure,
      cause: { en: 'nobody said whether it was heard', th: 'ไม่มีผู้ยืนยันว่าได้ยิน' },
    });
  if (yes) return found(step, 'ok', { figure });
  return found(step, 'fail', {
    figure,
    cause: {
      en: 'the sound card took the sound and nobody heard it: plug, volume, amplifier or loudspeaker',
      th: 'การ์ดเสียงรับเสียงแล้วแต่ไม่ได้ยิน: ปลั๊กเสียง ระดับเสียง เครื่องขยายเสียง หรือลำโพง',
    },
    remedy: {
      en: 'headphones into the box: silent there = volume (alsamixer) or another card; heard there = cable, amplifier, loudspeaker line',
      th: 'เสียบหูฟังที่กล่อง: ไม่ได้ยิน = ระดับเสียง (alsamixer) หรือเป็นการ์ดอื่น ได้ยิน = สาย เครื่องขยายเสียง หรือสายลำโพง',
    },
  });
}
