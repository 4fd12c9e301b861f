import { Breadcrumbs, Text, UnstyledButton } from '@mantine/core';
import { contains, lineageOf } from '../../../firmware-protocol/content/area.ts';
import { useSession } from '../door/use-session.tsx';
import { useWords } from '../words/language.ts';
import { homeOf } from './area-address.ts';
import { AREA_WORDS } from './area-words.ts';
import { useSeenAreaName } from './use-area.ts';

/** From the account's own area down to the one that is looked at; each step leads back. */
export function AreaPath({ area, onGo }: { area: string; onGo: (area: string) => void }) {
  const say = useWords(AREA_WORDS);
  const home = homeOf(useSession().areas);
  const steps = lineageOf(area)
    .filter((each) => contains(home, each))
    .reverse();
  return (
    <nav aria-label={say('path')}>
      <Breadcrumbs separatorMargin={6} style={{ flexWrap: 'wrap' }}>
        {steps.map((each) => (
          <Step key={each} area={each} isHere={each === area} onGo={onGo} />
        ))}
      </Breadcrumbs>
    </nav>
  );
}

function Step({ area, isHere, onGo }: { area: string; isHere: boolean; onGo: (area: string) => void }) {
  const name = useSeenAreaName(area);
  if (isHere)
    return (
      <Text fw={600} aria-current="true">
        {name}
      </Text>
    );
  return (
    <UnstyledButton className="path-step" onClick={() => onGo(area)}>
      {name}
    </UnstyledButton>
  );
}
