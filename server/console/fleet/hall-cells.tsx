import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockCheck,
  IconClockExclamation,
  IconMinus,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { Output } from '../../../firmware-protocol/content/band.ts';
import type { HallRow } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import { useWords } from '../words/language.ts';
import { FLEET_WORDS, type FleetWord } from './fleet-words.ts';
import { isClockSure, type OutputFact, outputOf, type Presence, presenceOf } from './hall-facts.ts';

/** A fact of a hall: sign, colour and word together, so that no one of them is needed alone. Plain elements: a screen has hundreds. */
function Fact({ icon: Sign, color, word }: { icon: Icon; color: string; word: FleetWord }) {
  const say = useWords(FLEET_WORDS);
  return (
    <span className="fact" style={{ color }}>
      <Sign size={16} aria-hidden />
      <span className="cell">{say(word)}</span>
    </span>
  );
}

const PALE = 'var(--mantine-color-dimmed)';

const PRESENCE: Record<Presence, { icon: Icon; color: string }> = {
  online: { icon: IconCircleCheck, color: 'var(--good)' },
  silent: { icon: IconCircleX, color: 'var(--bad)' },
  never: { icon: IconCircleDashed, color: PALE },
};
export function PresenceFact({ row }: { row: Pick<HallRow, 'presence' | 'copied_since'> }) {
  const presence = presenceOf(row);
  if (row.copied_since !== undefined)
    return <Fact icon={IconAlertTriangle} color="var(--bad)" word="copied" />;
  return <Fact {...PRESENCE[presence]} word={presence} />;
}

const OUTPUT: Record<OutputFact, { icon: Icon; color: string }> = {
  works: { icon: IconCircleCheck, color: 'var(--good)' },
  onAir: { icon: IconPlayerPlay, color: 'var(--good)' },
  fault: { icon: IconAlertTriangle, color: 'var(--bad)' },
  absent: { icon: IconMinus, color: PALE },
};
/** Of a hall that is silent it is what it said last, and pale. */
export function OutputCell({ row, output }: { row: HallRow; output: Output }) {
  const fact = outputOf(row, output);
  if (fact === undefined) return null;
  const { icon, color } = OUTPUT[fact];
  return <Fact icon={icon} color={presenceOf(row) === 'online' ? color : PALE} word={fact} />;
}

export function ClockCell({ row }: { row: Pick<HallRow, 'trust'> }) {
  const isSure = isClockSure(row);
  if (isSure === undefined) return null;
  return isSure ? (
    <Fact icon={IconClockCheck} color="var(--good)" word="clockGood" />
  ) : (
    <Fact icon={IconClockExclamation} color="var(--poor)" word="clockBad" />
  );
}
