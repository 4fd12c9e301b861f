/** What is said one after the other: a recorded phrase by its words, or a breath. */
export type Said = { clip: string } | 'breath';

const words = new Intl.Segmenter('th', { granularity: 'word' });

/**
 * A spelled-out text as recorded phrases, the longest first: a set that has `ขอเชิญประชุม` says it in one piece, one that has
 * `ขอเชิญ` and `ประชุม` joins them. `missing`: the words for which there is no recording, each once.
 */
export function clipSentence(
  spelled: string,
  clips: ReadonlySet<string>,
): { said: Said[]; missing: string[] } {
  const longest = Math.max(0, ...[...clips].map((clip) => clip.length));
  const said: Said[] = [];
  const missing = new Set<string>();
  for (const line of spelled.split('\n')) {
    if (said.length > 0) said.push('breath');
    let rest = line.trim();
    while (rest !== '') {
      const clip = longestAtStart(rest, clips, longest);
      if (clip === undefined) missing.add(firstWord(rest));
      else said.push({ clip });
      rest = rest.slice((clip ?? firstWord(rest)).length).trim();
    }
  }
  return { said, missing: [...missing] };
}

function longestAtStart(text: string, clips: ReadonlySet<string>, longest: number): string | undefined {
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const candidate = text.slice(0, length);
    // Never half a cluster: a mark that follows belongs to the last letter.
    if (clips.has(candidate) && !/^\p{M}/u.test(text.slice(length))) return candidate;
  }
  return undefined;
}

function firstWord(text: string): string {
  const [first] = words.segment(text);
  return first?.segment ?? text;
}
