import { useKept } from '../house/kept-input.ts';
import { useWords } from '../words/language.ts';
import { Announce } from './announce.tsx';
import { VILLAGE_WORDS } from './village-words.ts';

const TEXT_MOST = 300;
const TITLE_MOST = 60;

/** Words for the sign of the village. */
export function TypeCard({ village, name }: { village: string; name: string }) {
  const say = useWords(VILLAGE_WORDS);
  const [text, setText, clear] = useKept(`village.text.${village}`, '');
  const words = text.trim();
  return (
    <section className="card" aria-label={say('type')}>
      <h2>{say('type')}</h2>
      <textarea
        aria-label={say('type')}
        placeholder={say('typeHint')}
        rows={3}
        maxLength={TEXT_MOST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Announce
        name={name}
        disabled={words === ''}
        prepare={async () => ({ to: [village], text: words, title: firstWords(words), chime: 'ding' })}
        onSent={clear}
      />
    </section>
  );
}

/** Whole words up to the length of a title: Thai has no blanks to cut at. */
function firstWords(text: string): string {
  let title = '';
  for (const { segment } of new Intl.Segmenter('th', { granularity: 'word' }).segment(
    text.replace(/\s+/g, ' '),
  )) {
    if (title.length + segment.length > TITLE_MOST) return title.trim();
    title += segment;
  }
  return title.trim();
}
