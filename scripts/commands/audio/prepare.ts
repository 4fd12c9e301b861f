import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { findFfmpeg } from '../../../server/drivers/media/ffmpeg-binary.ts';
import { FfmpegTranscoder } from '../../../server/drivers/media/transcoder.ts';
import { counted } from '../../cli/counted.ts';
import { unreadable } from '../../cli/named-files.ts';
import { type Cli, Failed } from '../../cli.ts';
import { interruptible } from '../../operator/interrupt.ts';
import { serverFailure } from '../../operator/server-failure.ts';

/** `audio prepare IN OUT`: what the server makes of an upload, without a server. OUT is there whole, or not at all. */
export async function prepareAudio(from: string, to: string, cli: Cli): Promise<void> {
  await refuseUnfit(from);
  const unfinished = `${to}.new`;
  try {
    const { ms, loudnessClufs } = await transcoded(from, unfinished, cli);
    await rename(unfinished, to);
    const { size: bytes } = await stat(to);
    const [seconds, lufs] = [(ms / 1_000).toFixed(1), (loudnessClufs / 100).toFixed(1)];
    cli.tell({
      en: `${to}: ${seconds} s, ${lufs} LUFS, ${counted(bytes, 'byte')}`,
      th: `${to}: ${seconds} วินาที ${lufs} LUFS ${bytes} ไบต์`,
    });
    cli.print({ file: to, sha256: await sha256Of(to), bytes, ms, loudness_clufs: loudnessClufs });
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function refuseUnfit(path: string): Promise<void> {
  const found = await stat(path).catch(unreadable(path));
  if (found.size === 0)
    throw new Failed({ en: `${path} is empty`, th: `ไฟล์ ${path} ว่างเปล่า` }, { code: 'upload-empty' });
}

/** Ctrl-C ends ffmpeg too: it runs in a process group of its own. */
function transcoded(from: string, to: string, cli: Cli): Promise<{ ms: number; loudnessClufs: number }> {
  const what = cli.text({ en: `preparing ${from}`, th: `กำลังเตรียมเสียง ${from}` });
  return interruptible(async (interrupted) => {
    const transcoder = new FfmpegTranscoder(await ffmpeg());
    interrupted.addEventListener('abort', () => void transcoder.close());
    try {
      return await transcoder.prepare(from, to, (share) => cli.progress(what, share));
    } catch (error) {
      if (interrupted.aborted)
        throw new Failed({ en: 'interrupted', th: 'ถูกยกเลิก' }, { code: 'interrupted' });
      throw serverFailure(error);
    } finally {
      await transcoder.close();
    }
  });
}

function ffmpeg(): Promise<string> {
  return findFfmpeg(process.env).catch(() => {
    const words = { en: 'ffmpeg is not installed', th: 'ยังไม่ได้ติดตั้ง ffmpeg' };
    throw new Failed(words, { code: 'transcoder-missing' });
  });
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
