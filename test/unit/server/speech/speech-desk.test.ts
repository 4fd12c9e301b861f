import { expect, test, vi } from 'vitest';
import type { MediaInfo } from '../../../../firmware-protocol/http/media.ts';
import { openDatabase } from '../../../../server/drivers/database/database.ts';
import { ServerError } from '../../../../server/errors.ts';
import type { SpeechEngine } from '../../../../server/ports.ts';
import { SpeechDesk } from '../../../../server/speech/speech-desk.ts';

async function deskOf(...engines: SpeechEngine[]) {
  const { speech: said } = await openDatabase(':memory:');
  const kept = new Map<string, MediaInfo>();
  const library = {
    add: vi.fn(async ({ fileName }: { fileName: string }) => {
      const info = {
        sha256: String(kept.size).padStart(64, '0'),
        bytes: 1,
        ms: 900,
        title: fileName,
        loudness_clufs: -1_600,
      };
      kept.set(info.sha256, info);
      return info;
    }),
    info: async (sha256: string) => kept.get(sha256),
    said: vi.fn(async () => {}),
  };
  return { desk: new SpeechDesk({ engines, library, said, clock: { wall: () => 0 } }), library, kept };
}

function engineOf(voice: string, say: SpeechEngine['say'] = async () => new Uint8Array(4)): SpeechEngine {
  return { voice: () => voice, say: vi.fn(say) };
}

test('the same words by the same voice are made once, whoever asks, also at once', async () => {
  const engine = engineOf('สมศรี');
  const { desk, library } = await deskOf(engine);
  const [first, second] = await Promise.all([desk.say('น้ำท่วม 5 ซม.', 'a'), desk.say('น้ำท่วม  ๕ ซม.', 'b')]);
  expect(second).toEqual(first);
  expect(await desk.say('น้ำท่วม 5 ซม.', 'c')).toEqual(first);
  expect(library.add).toHaveBeenCalledOnce();
  // It is in the library of who asked later, too.
  expect(library.said).toHaveBeenCalledWith(first.media, 'c');
  expect(engine.say).toHaveBeenCalledWith('น้ำท่วม ห้า เซนติเมตร');
});

test('a newer voice says it anew', async () => {
  let version = 1;
  const { desk, library } = await deskOf({
    voice: () => `สมศรี ${version}`,
    say: async () => new Uint8Array(4),
  });
  await desk.say('ทดสอบ', 'a');
  version = 2;
  await desk.say('ทดสอบ', 'a');
  expect(library.add).toHaveBeenCalledTimes(2);
});

test('what one engine has no words for, the next one says', async () => {
  const clips = engineOf('clips', async () => {
    throw new ServerError('speech-cannot', { context: { missing: 'ทดสอบ' } });
  });
  const { desk } = await deskOf(clips, engineOf('program'));
  expect((await desk.say('ทดสอบ', 'a')).voice).toBe('program');
});

test('what one engine made that is no sound, the next one says; alone it is told of the voice, in both languages', async () => {
  const refuse = async () => {
    throw new ServerError('upload-not-sound');
  };
  const first = await deskOf(engineOf('hums'), engineOf('speaks'));
  first.library.add.mockImplementationOnce(refuse);
  expect((await first.desk.say('ทดสอบ', 'a')).voice).toBe('speaks');

  const { desk, library } = await deskOf(engineOf('hums'));
  library.add.mockImplementationOnce(refuse);
  const refusal = await desk.say('ทดสอบ', 'a').catch((error: ServerError) => error.failure());
  expect(refusal).toMatchObject({
    code: 'speech-unfit',
    en: 'what the voice hums made cannot be used: the file is not sound that can be read',
    th: 'เสียงที่ได้จากเสียงพูด hums ใช้ไม่ได้: ไฟล์นี้ไม่ใช่ไฟล์เสียงที่อ่านได้',
  });
  // A full disk or queue is no voice's fault: no other one would do better.
  library.add.mockImplementationOnce(async () => {
    throw new ServerError('disk-full');
  });
  await expect(desk.say('ทดสอบ', 'a')).rejects.toMatchObject({ code: 'disk-full' });
});

test('a sound that is no longer in the library is made again', async () => {
  const { desk, library, kept } = await deskOf(engineOf('v'));
  await desk.say('ทดสอบ', 'a');
  kept.clear();
  await desk.say('ทดสอบ', 'a');
  expect(library.add).toHaveBeenCalledTimes(2);
});

test('without a voice, and when all fail, the reason is told', async () => {
  await expect((await deskOf()).desk.say('ทดสอบ', 'a')).rejects.toMatchObject({ code: 'speech-none' });
  const broken = engineOf('v', async () => {
    throw new ServerError('speech-failed', { context: { voice: 'v', why: 'x' } });
  });
  const { desk, library } = await deskOf(broken);
  await expect(desk.say('ทดสอบ', 'a')).rejects.toMatchObject({ code: 'speech-failed' });
  expect(library.add).not.toHaveBeenCalled();
});

test('where no voice can, it is told of each why', async () => {
  const clips = engineOf('clips', async () => {
    throw new ServerError('speech-cannot', { context: { missing: 'ทดสอบ' } });
  });
  const service = engineOf('service', async () => {
    throw new ServerError('speech-failed', { context: { voice: 'service', why: 'it answered 503' } });
  });
  const { desk } = await deskOf(clips, service);
  const failure = await desk.say('ทดสอบ', 'a').catch((error: ServerError) => error.failure());
  expect(failure).toMatchObject({
    code: 'speech-failed',
    faults: [
      { code: 'speech-cannot', th: 'ยังไม่มีเสียงบันทึกสำหรับคำว่า: ทดสอบ' },
      { code: 'speech-failed', en: 'the voice service failed: it answered 503' },
    ],
  });
});

test.each(['...', '🙂', ' - '])(
  'a text without a word is refused, and no voice is asked: %s',
  async (text) => {
    const engine = engineOf('v');
    const { desk } = await deskOf(engine);
    await expect(desk.say(text, 'a')).rejects.toMatchObject({ code: 'speech-nothing' });
    expect(engine.say).not.toHaveBeenCalled();
  },
);
