import { ActionIcon, Checkbox, Group, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { contains } from '../../../firmware-protocol/content/area.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { AreaCounts } from './area-counts.tsx';
import { AREA_WORDS } from './area-words.ts';
import { type AreaPart, partName, useOverview, useSeenAreaName } from './use-area.ts';

interface Choice {
  /** With boxes to tick; without, one area is chosen by its name. */
  many?: boolean;
  chosen: readonly string[];
  onChoose: (areas: string[]) => void;
}

/** Provinces, districts, tambons and villages, each level asked for when it is opened. `roots`: the account's areas. */
export function AreaTree({ roots, ...choice }: Choice & { roots: readonly string[] }) {
  return (
    <ul className="area-tree">
      {roots.map((area) => (
        <Root key={area} area={area} {...choice} />
      ))}
    </ul>
  );
}

function Root({ area, ...choice }: Choice & { area: string }) {
  const { data } = useOverview(area);
  const name = useSeenAreaName(area);
  if (data === undefined) return <WaitingItem />;
  return <Branch part={{ area, th: name, en: name, counts: data.counts }} begins="open" {...choice} />;
}

function Branch({ part, begins, ...choice }: Choice & { part: AreaPart; begins: 'open' | 'shut' }) {
  const say = useWords(AREA_WORDS);
  const lang = useLanguage();
  const [set, setOpen] = useState<boolean>();
  // What was chosen elsewhere, on the map or by an address, is found opened.
  const leadsThere = !choice.many && choice.chosen.some((area) => contains(part.area, area));
  const open = set ?? (begins === 'open' || leadsThere);
  const isVillage = part.area.length === 8;
  const name = partName(part, lang);
  const Sign = open ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <Group gap={4} wrap="nowrap" py={2}>
        <ActionIcon
          variant="subtle"
          size="sm"
          color="gray"
          aria-label={say('open', { area: name })}
          aria-expanded={open}
          style={{ visibility: isVillage ? 'hidden' : 'visible' }}
          onClick={() => setOpen(!open)}
        >
          <Sign size={16} aria-hidden />
        </ActionIcon>
        <Label part={part} name={name} {...choice} />
      </Group>
      {open && !isVillage && (
        <ul className="area-tree">
          <Parts area={part.area} {...choice} />
        </ul>
      )}
    </li>
  );
}

function Parts({ area, ...choice }: Choice & { area: string }) {
  const say = useWords(AREA_WORDS);
  const { data } = useOverview(area);
  if (data === undefined) return <WaitingItem />;
  if (data.parts.length === 0)
    return (
      <Text component="li" size="sm" c="dimmed">
        {say('none')}
      </Text>
    );
  return data.parts.map((part) => <Branch key={part.area} part={part} begins="shut" {...choice} />);
}

const WaitingItem = () => (
  <li>
    <Skeleton height={24} />
  </li>
);

function Label({ part, name, many = false, chosen, onChoose }: Choice & { part: AreaPart; name: string }) {
  const counts = <AreaCounts counts={part.counts} />;
  if (!many)
    return (
      <UnstyledButton
        className="area-line"
        aria-current={chosen.includes(part.area) || undefined}
        onClick={() => onChoose([part.area])}
      >
        <Text span size="sm" inherit>
          {name}
        </Text>
        {counts}
      </UnstyledButton>
    );
  const covered = chosen.some((area) => area !== part.area && contains(area, part.area));
  return (
    <div className="area-line">
      <Checkbox
        label={name}
        size="sm"
        checked={covered || chosen.includes(part.area)}
        disabled={covered}
        indeterminate={!covered && chosen.some((area) => area !== part.area && contains(part.area, area))}
        onChange={(event) => onChoose(withArea(chosen, part.area, event.currentTarget.checked))}
      />
      {counts}
    </div>
  );
}

/** Areas inside of a chosen one are taken off: the wider says them. */
function withArea(chosen: readonly string[], area: string, on: boolean): string[] {
  const others = chosen.filter((each) => each !== area && !(on && contains(area, each)));
  return on ? [...others, area] : others;
}
