import { useWords } from '../words/language.ts';
import { type Counts, STANDINGS, type Standing } from './coverage-rows.ts';
import { COVERAGE_WORDS } from './coverage-words.ts';

export const STANDING_COLOR: Record<Standing, string> = {
  working: 'var(--mantine-color-green-6)',
  impaired: 'var(--mantine-color-yellow-5)',
  offline: 'var(--mantine-color-red-6)',
  new: 'var(--mantine-color-gray-5)',
  without: 'var(--mantine-color-default-border)',
};

/** How the villages of an area stand, as lengths; the figures stand beside it. */
export function ShareBar({ counts }: { counts: Counts }) {
  const say = useWords(COVERAGE_WORDS);
  const words = STANDINGS.filter((standing) => counts[standing] > 0)
    .map((standing) => `${say(standing)} ${counts[standing]}`)
    .join(', ');
  return (
    <div className="share-bar" role="img" aria-label={words} title={words}>
      {STANDINGS.map(
        (standing) =>
          counts[standing] > 0 && (
            <span
              key={standing}
              style={{ flexGrow: counts[standing], background: STANDING_COLOR[standing] }}
            />
          ),
      )}
    </div>
  );
}
