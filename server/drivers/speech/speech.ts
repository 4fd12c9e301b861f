import type { SpeechConfig } from '../../config.ts';
import type { SpeechEngine } from '../../ports.ts';
import { ClipSpeech } from './clips.ts';
import { CommandSpeech } from './command.ts';
import { HttpSpeech } from './http.ts';

/** The engines of a configuration, in its order. Rejects `config-invalid`. */
export function openSpeech(configs: SpeechConfig[], ffmpeg: string): Promise<SpeechEngine[]> {
  return Promise.all(
    configs.map(async (config) => {
      switch (config.engine) {
        case 'clips':
          return ClipSpeech.open(config.folder, ffmpeg);
        case 'command':
          return new CommandSpeech(config);
        case 'http':
          return new HttpSpeech(config);
      }
    }),
  );
}
