import { execFile } from 'node:child_process';

/** A way of sound out of this box. */
export interface SoundCard {
  /** For ALSA; by name, since numbers change with the order in which things are plugged in. */
  device: string;
  /** What it calls itself. */
  name: string;
}

const ASK_MS = 5_000;
/** `card 1: Device [USB Audio Device], device 0: USB Audio [USB Audio]` */
const LINE = /^card \d+: (\S+) \[(.*?)\], device (\d+): .*\[(.*?)\]$/;

/** Most likely to lead to an amplifier first: a USB card, the box's own jack, anything; a television last. */
const LIKELY: readonly RegExp[] = [/usb/i, /headphones|analog|wm8960|hifiberry|dac/i, /^(?!.*hdmi|.*vc4)/i];

/** Every playback device that `aplay -l` names, the likeliest first. */
export async function soundCards(): Promise<SoundCard[]> {
  return cardsIn(await said('aplay', ['-l']));
}

export function cardsIn(text: string): SoundCard[] {
  const cards = text.split('\n').flatMap((line) => {
    const [, id, card, device, stream] = LINE.exec(line) ?? [];
    return id === undefined
      ? []
      : [{ device: `plughw:CARD=${id},DEV=${device}`, name: `${card}, ${stream}` }];
  });
  return cards.sort((a, b) => rank(a) - rank(b));
}

function rank({ device, name }: SoundCard): number {
  const at = LIKELY.findIndex((likely) => likely.test(`${device} ${name}`));
  return at < 0 ? LIKELY.length : at;
}

/** What a program wrote; nothing where it is missing or has nothing to say. */
function said(program: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: ASK_MS, env: { ...process.env, LC_ALL: 'C' } }, (_error, stdout) =>
      resolve(stdout),
    );
  });
}

/**
 * The device to sound with: what is written, where that is a card which is there or a name of a person's own (a mixer in
 * asound.conf); else the likeliest card. `default` was written by nobody. Undefined: there is none.
 */
export function chosenDevice(written: string | undefined, cards: readonly SoundCard[]): string | undefined {
  const isOfACard = written !== undefined && /^(plug)?hw:/.test(written);
  const isThere = cards.some(({ device }) => cardOf(device) === cardOf(written ?? ''));
  if (
    written !== undefined &&
    written !== 'default' &&
    (!isOfACard || isThere || /^(plug)?hw:\d/.test(written))
  )
    return written;
  return cards[0]?.device;
}

/** `plughw:CARD=Device,DEV=0` -> `Device` */
function cardOf(device: string): string | undefined {
  return /CARD=([^,]+)/.exec(device)?.[1];
}
