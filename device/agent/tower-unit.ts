import { amplifierFacts } from '../amplifier/amplifier-health.ts';
import type { AmplifierRules } from '../amplifier/amplifier-rules.ts';
import { RestingPerformer } from '../amplifier/resting-performer.ts';
import { switchedAmplifier } from '../amplifier/switched-amplifier.ts';
import { LawfulPerformer } from '../laws/lawful-performer.ts';
import type { Performer } from '../playout/play.ts';
import { Listener } from '../proof/listener.ts';
import { ProvenPerformer } from '../proof/proven-performer.ts';
import { TappedPlayer } from '../proof/tapped-player.ts';
import type { Amplifier, Decoder, Player, Recorder } from '../sound-ports.ts';
import { makeChime } from '../tower/chime.ts';
import { type SoundRules, TowerPerformer } from '../tower/tower-performer.ts';
import type { OutputKit, OutputUnit } from './parts.ts';
import { WatchedPlayer } from './watched-player.ts';

export interface TowerHardware {
  player: Player;
  amplifier: Amplifier;
  /** Absent = nothing of ours switches the amplifier, and nothing is known of it. */
  rules?: AmplifierRules | undefined;
  decoder: Decoder;
  /** A microphone that hears the horns; absent = whether they are heard is not known. */
  proofEar?: Recorder | undefined;
  sound: SoundRules;
  /** Keeps the sound device open while nothing is played; absent = opens it for each play. */
  staysReady?: boolean;
}

/** The tower of a hall: a performer, and the knowledge whether its hardware answers. */
export function towerUnit(hardware: TowerHardware, kit: OutputKit): OutputUnit & { performer: Performer } {
  const { clock, media, laws, store, warnings, log } = kit;
  const { decoder, sound, rules } = hardware;
  const player = new WatchedPlayer({
    ...{ player: hardware.player, warnings, clock },
    staysReady: hardware.staysReady ?? false,
  });
  const switched = rules && switchedAmplifier(hardware.amplifier, rules, { clock, warnings, log, store });
  const tapped = new TappedPlayer(player, clock);
  const tower = new TowerPerformer({
    player: tapped,
    amplifier: switched?.amplifier ?? hardware.amplifier,
    ...(rules && { amplifierTailMs: rules.tailMs }),
    decoder,
    chime: makeChime,
    ensureMedia: ({ sha256, bytes }, signal) => media.ensure(sha256, bytes, signal),
    ...{ clock, log },
    sound: { ...sound, ceilingDb: (band) => laws.book.ceilingDb(band) },
  });
  const power = switched && { log: switched.power, rules: switched.rules };
  const recorder = hardware.proofEar;
  const proven = new ProvenPerformer({
    ...{ performer: tower, player: tapped, clock },
    ...(power && { power }),
    ...(recorder && { listener: new Listener({ recorder, clock, log }) }),
  });
  const rested = switched ? new RestingPerformer(proven, switched.duty, clock) : proven;
  return {
    performer: new LawfulPerformer({ performer: rested, laws, clock }),
    works: () => player.works,
    ...(switched && { health: () => ({ amplifier: amplifierFacts(switched.power, clock.monotonic()) }) }),
    load: async () => switched?.book?.load(),
    start: () => {
      switched?.amplifier.begin();
      tower.makeReady();
    },
    look: () => player.look(),
    stop: async () => {
      await tower.close();
      await player.stop();
      switched?.amplifier.stop();
      switched?.book?.stop();
    },
  };
}
