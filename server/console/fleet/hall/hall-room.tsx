import '../fleet.css';
import './hall.css';
import { Alert, Anchor, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconCopy, IconPlugConnectedX } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { lineageOf } from '../../../../firmware-protocol/content/area.ts';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { useAreaName } from '../../areas/use-area.ts';
import { FailureNote } from '../../house/failure-note.tsx';
import { agoWords } from '../../time/thai-time.ts';
import { useNow } from '../../time/use-now.ts';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { PresenceFact } from '../hall-cells.tsx';
import { useLiveFleet } from '../live-fleet.ts';
import { FactsCard } from './facts-card.tsx';
import { HALL_WORDS } from './hall-words.ts';
import { HealthCard } from './health-card.tsx';
import { NextCard } from './next-card.tsx';
import { NowCard } from './now-card.tsx';
import { ReportCard } from './report-card.tsx';
import { SignCard } from './sign-card.tsx';
import { WarningCard } from './warning-card.tsx';

type Hall = AnswerTo<'devices'>['devices'][number];

const AGAIN_MS = 15_000;

/** One hall: what it does, what it will do, how it fares, what it did. */
export default function HallRoom() {
  const say = useWords(HALL_WORDS);
  const { device = '' }: { device?: string } = useParams({ strict: false });
  const { data, error } = useAnswer('devices', { device }, { refetchInterval: AGAIN_MS });
  useLiveFleet();
  const hall = data?.devices[0];
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/" size="sm">
        <Group gap={6}>
          <IconArrowLeft size={16} aria-hidden />
          {say('back')}
        </Group>
      </Anchor>
      <FailureNote error={data === undefined ? error : null} />
      {data === undefined && error === null && <Skeleton height={400} />}
      {data !== undefined && hall === undefined && <Unknown />}
      {hall !== undefined && <HallPage key={device} hall={hall} />}
    </Stack>
  );
}

function Unknown() {
  const say = useWords(HALL_WORDS);
  return (
    <Stack gap={4} role="status">
      <Title order={1} size="h3">
        {say('unknown')}
      </Title>
      <Text c="dimmed">{say('unknownWhy')}</Text>
    </Stack>
  );
}

function HallPage({ hall }: { hall: Hall }) {
  const say = useWords(HALL_WORDS);
  const lang = useLanguage();
  const now = useNow();
  const { device, state, seen_at: seenAt } = hall;
  const online = hall.presence?.state === 'online';
  const row = {
    ...(hall.presence !== undefined && { presence: hall.presence.state }),
    ...(hall.copied_since !== undefined && { copied_since: hall.copied_since }),
  };
  return (
    <>
      <Group gap="md" align="center">
        <Title order={1} size="h3">
          {hall.name}
        </Title>
        <PresenceFact row={row} />
      </Group>
      <Place village={hall.village} />
      {hall.copied_since !== undefined && (
        <Alert color="red" icon={<IconCopy aria-hidden />} title={say('copied')} />
      )}
      {!online && seenAt !== undefined && (
        <Alert color="yellow" icon={<IconPlugConnectedX aria-hidden />}>
          {say('silentSince', { ago: agoWords(seenAt, now, lang) })}
        </Alert>
      )}
      <div className="hall-cards">
        <Stack>
          <NowCard outputs={state?.outputs ?? {}} />
          <WarningCard codes={state?.warnings ?? []} />
          <NextCard device={device} />
        </Stack>
        <Stack>
          {(state === undefined || state.outputs.panel !== undefined) && (
            <SignCard device={device} online={online} play={state?.outputs.panel?.play} />
          )}
          <FactsCard hall={hall} />
        </Stack>
      </div>
      <ReportCard device={device} />
      <HealthCard device={device} now={now} />
    </>
  );
}

/** `หมู่ที่ 1 ตำบลในเมือง › อำเภอเมืองหนองคาย › จังหวัดหนองคาย`, each leading to its list. */
function Place({ village }: { village: string }) {
  return (
    <Group gap="xs">
      {lineageOf(village)
        .slice(1, -1)
        .map((area) => (
          <AreaLink key={area} area={area} />
        ))}
    </Group>
  );
}

function AreaLink({ area }: { area: string }) {
  return (
    <Anchor
      component={Link}
      to="/"
      search={{ area: Number(area) } as never}
      size="sm"
      c="dimmed"
      underline="always"
    >
      {useAreaName(area)}
    </Anchor>
  );
}
