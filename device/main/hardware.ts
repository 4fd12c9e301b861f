import { panelUnit } from '../agent/panel-unit.ts';
import type { OutputKit, OutputUnit } from '../agent/parts.ts';
import { towerUnit } from '../agent/tower-unit.ts';
import type { DeviceConfig } from '../config.ts';
import { textPainterChildPath } from '../drivers/painter/path.ts';
import { ChildTextPainter } from '../drivers/painter/text-painter.ts';
import { ArecordRecorder } from '../drivers/sound/arecord-recorder.ts';
import { FfmpegDecoder } from '../drivers/sound/ffmpeg-decoder.ts';
import type { Log, TimeSource } from '../ports.ts';
import { amplifierOf, amplifierRulesOf } from './amplifier.ts';
import { boardLink } from './board.ts';
import { signOf } from './sign.ts';
import { choosePlayer, soundRulesOf } from './sound.ts';
import { timeSourcesOf } from './time.ts';

export interface Hardware {
  outputs: (kit: OutputKit) => OutputUnit[];
  timeSources: TimeSource[];
  start: () => void;
  stop: () => Promise<void>;
}

/** What is configured, whether it is there or not: what is missing is a warning of the running hall. */
export function hardwareOf(config: DeviceConfig, log: Log): Hardware {
  const { board, tower, place, brightness, fallback } = config;
  const link = board === undefined ? undefined : boardLink(board, log);
  const sign = signOf(config, link, log);
  const painter = sign?.panel.abilities().pixels
    ? new ChildTextPainter({ childPath: textPainterChildPath() })
    : undefined;
  const decoder = new FfmpegDecoder(process.env);
  const player = tower && choosePlayer(tower.player);
  const amplifier = amplifierOf(config, link);
  const rules = amplifierRulesOf(config);
  const { microphone } = config.proof;
  const proofEar = microphone && new ArecordRecorder({ device: microphone.device });
  return {
    outputs: (kit) => [
      ...(player === undefined
        ? []
        : [
            towerUnit(
              {
                ...{ player, amplifier, rules, decoder, proofEar, sound: soundRulesOf(config) },
                staysReady: tower?.stays_ready ?? false,
              },
              kit,
            ),
          ]),
      ...(sign === undefined
        ? []
        : [panelUnit({ sign, painter, place, brightness, fallback: fallback || undefined }, kit)]),
    ],
    timeSources: timeSourcesOf(config.time, link),
    start: () => {
      link?.start();
      sign?.start();
      if (player !== undefined) void decoder.binary();
    },
    stop: async () => {
      painter?.close();
      await sign?.stop();
      await link?.stop();
    },
  };
}
