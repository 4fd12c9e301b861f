import { access } from 'node:fs/promises';
import { Failed } from '../cli.ts';

/** A person speaking, as Debian ships it (package alsa-utils). */
const RECORDED_SPEECH = '/usr/share/sounds/alsa/Front_Center.wav';

/** Path of a real recording to announce. Rejects with Failed that says where to get one. */
export async function findSpeech(given: string | undefined): Promise<string> {
  const path = given ?? RECORDED_SPEECH;
  await access(path).catch(() => {
    throw new Failed(
      given === undefined
        ? {
            en: 'no recorded speech here: apt-get install alsa-utils, or --speech FILE',
            th: 'ไม่พบเสียงพูดตัวอย่าง: apt-get install alsa-utils หรือระบุ --speech FILE',
          }
        : { en: `cannot read ${given}`, th: `อ่านไฟล์ ${given} ไม่ได้` },
    );
  });
  return path;
}
