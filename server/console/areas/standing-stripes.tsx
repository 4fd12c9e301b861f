import { STANDING_COLOR, type Standing } from './map-scale.ts';

/** Units of the map between two stripes; a small map still shows them as stripes. */
const APART = 16;
/** The worse, the more ink. */
const STRIPED = [
  { standing: 'poor', width: 4 },
  { standing: 'bad', width: 9 },
] as const;

const nameOf = (id: string, standing: Standing) => `${id}-${standing}`;

/** What an area is filled with: colour, and stripes for who does not see colours. */
export function stripesOf(id: string, standing: Standing): string {
  return standing === 'poor' || standing === 'bad'
    ? `url(#${nameOf(id, standing)})`
    : STANDING_COLOR[standing];
}

/** The stripes of one drawing, under its `id`. */
export function StandingStripes({ id }: { id: string }) {
  return (
    <defs>
      {STRIPED.map(({ standing, width }) => (
        <pattern
          key={standing}
          id={nameOf(id, standing)}
          patternUnits="userSpaceOnUse"
          width={APART}
          height={APART}
          patternTransform={standing === 'poor' ? 'rotate(45)' : 'rotate(-45)'}
        >
          <rect width={APART} height={APART} fill={STANDING_COLOR[standing]} />
          <rect width={width} height={APART} fill={`var(--stripe-${standing})`} />
        </pattern>
      ))}
    </defs>
  );
}
