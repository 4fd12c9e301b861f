import { clustersOf } from '../../../device/panel/layout/words.ts';
import samples from '../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };

/** Short, tall, descending, wide and narrow ones: what a mark may have to stand on. */
const CONSONANTS = [...'กขงญฎฏฐณทธปฝฟฬสอ'];
const VOWELS_ABOVE = [...'ิีึืั'];
/** Bear no tone mark above them. */
const TOP_ABOVE = [...'็ํ'];
const VOWELS_BELOW = [...'ุู'];
const TONES = [...'่้๊๋'];
const SILENCER = '์';

/** A cluster with a mark, the same without it, and with each mark that it could be taken for. */
export interface MarkedCluster {
  cluster: string;
  without: string;
  others: string[];
}

/** Every consonant with every mark and legal stack, and all that the announcements hold. */
export function markedClusters(): MarkedCluster[] {
  const texts = samples.texts.flatMap(({ title, text }) => clustersOf(`${title} ${text}`));
  const said = texts.filter((cluster) => /^\p{Script=Thai}+$/u.test(cluster));
  return [...new Set([...CONSONANTS.flatMap(stacksOn), ...said])].flatMap(marksOf);
}

function stacksOn(consonant: string): string[] {
  const tones = ['', ...TONES];
  const toned = ['', ...VOWELS_ABOVE, ...VOWELS_BELOW].flatMap((vowel) => tones.map((tone) => vowel + tone));
  const others = [...TOP_ABOVE, SILENCER, `ิ${SILENCER}`, `ุ${SILENCER}`, ...tones.map((tone) => `${tone}ำ`)];
  return [...toned, ...others].map((marks) => consonant + marks);
}

function marksOf(cluster: string): MarkedCluster[] {
  return [...cluster].flatMap((mark, at) => {
    const rivals = rivalsOf(mark, cluster);
    if (rivals === undefined) return [];
    const put = (other: string) => cluster.slice(0, at) + other + cluster.slice(at + 1);
    const others = rivals.filter((rival) => rival !== mark).map(put);
    return [{ cluster, without: put(mark === 'ำ' ? 'า' : ''), others }];
  });
}

/** Marks that may stand in its place, or undefined for what is no mark. */
function rivalsOf(mark: string, cluster: string): string[] | undefined {
  const alone = cluster.match(/\p{M}/gu)?.length === 1 && !cluster.includes('ำ');
  const toned = [...cluster].some((each) => TONES.includes(each));
  if (mark === 'ำ') return [];
  if (VOWELS_BELOW.includes(mark)) return VOWELS_BELOW;
  if (VOWELS_ABOVE.includes(mark)) return alone || !toned ? [...VOWELS_ABOVE, ...TOP_ABOVE] : VOWELS_ABOVE;
  if (TONES.includes(mark)) return alone ? [...TONES, SILENCER, '็'] : TONES;
  if (mark === SILENCER || TOP_ABOVE.includes(mark)) return alone ? [...TONES, SILENCER, ...TOP_ABOVE] : [];
  return undefined;
}
