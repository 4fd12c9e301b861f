import { SNIFFERS, type Sniffer } from '../../device/signs/sniffers.ts';
import { prakatSniffer } from './prakat-sniffer.ts';

const ALL: Record<string, () => Sniffer> = { prakat: prakatSniffer, ...SNIFFERS };
export const PROTOCOLS: readonly string[] = [...Object.keys(ALL), 'auto'];

/** A protocol that found so many frames, and threw away less than any other that found some, is the one. */
const ENOUGH_FRAMES = 3;
/** By then the best guess is taken: the largest frame of any of them is smaller. */
const ENOUGH_BYTES = 262_144;
/** Each candidate keeps so many lines until then. */
const MOST_KEPT_LINES = 1_000;

/** Lines of the named protocol; `auto` looks at all of them until one stands out. Throws RangeError for another name. */
export function snifferOf(protocol: string): Sniffer {
  if (protocol === 'auto') return new SnifferChoice();
  const make = ALL[protocol];
  if (make === undefined) throw new RangeError(`no protocol ${protocol}`);
  return make();
}

interface Candidate {
  name: string;
  sniffer: Sniffer;
  lines: string[];
  frames: number;
  discardedBytes: number;
}

class SnifferChoice implements Sniffer {
  #candidates: Candidate[] = Object.entries(ALL).map(([name, make]) => ({
    name,
    sniffer: make(),
    lines: [],
    frames: 0,
    discardedBytes: 0,
  }));
  #chosen: Sniffer | undefined;
  #bytes = 0;

  push(bytes: Uint8Array): string[] {
    if (this.#chosen !== undefined) return this.#chosen.push(bytes);
    this.#bytes += bytes.length;
    for (const candidate of this.#candidates) keep(candidate, candidate.sniffer.push(bytes));
    const [best, second] = this.#ranked();
    const rest = second?.discardedBytes ?? Number.POSITIVE_INFINITY;
    const standsOut = best !== undefined && best.frames >= ENOUGH_FRAMES && best.discardedBytes < rest;
    return standsOut || this.#bytes >= ENOUGH_BYTES ? this.#choose(best) : [];
  }

  end(): string[] {
    if (this.#chosen !== undefined) return this.#chosen.end();
    for (const candidate of this.#candidates) keep(candidate, candidate.sniffer.end());
    return this.#bytes === 0 ? [] : this.#choose(this.#ranked()[0]);
  }

  /**
   * By what was thrown away, not by frames: a TPM2 answer is a single byte, which any picture has. Those that found nothing
   * are out.
   */
  #ranked(): Candidate[] {
    return this.#candidates
      .filter(({ frames }) => frames > 0)
      .sort((a, b) => a.discardedBytes - b.discardedBytes);
  }

  #choose(best: Candidate | undefined): string[] {
    const chosen = best ?? this.#candidates[0];
    if (chosen === undefined) return [];
    this.#chosen = chosen.sniffer;
    this.#candidates = [];
    return [`protocol ${best === undefined ? 'unknown' : chosen.name}`, ...chosen.lines];
  }
}

function keep(candidate: Candidate, lines: string[]): void {
  for (const line of lines) {
    const [, bytes] = DISCARDED.exec(line) ?? [];
    if (bytes === undefined) candidate.frames++;
    else candidate.discardedBytes += Number(bytes);
  }
  candidate.lines.push(...lines.slice(0, MOST_KEPT_LINES - candidate.lines.length));
}

/** How every sniffer begins such a line. */
const DISCARDED = /^discarded (\d+) bytes/;

export function isDiscard(line: string): boolean {
  return DISCARDED.test(line);
}
