import { ActionIcon, Group, Skeleton, Text } from '@mantine/core';
import { IconCircleCheck, IconRefresh, IconSend } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { SCREEN_DOUBTS } from '../../../../firmware-protocol/mqtt/screen-doubts.ts';
import { FailureNote } from '../../house/failure-note.tsx';
import { timeWords } from '../../time/thai-time.ts';
import { useAnswer } from '../../wire/use-wire.tsx';
import { type Language, useLanguage, useWords } from '../../words/language.ts';
import { Card } from './card.tsx';
import { HALL_WORDS } from './hall-words.ts';

type Screen = AnswerTo<'screen'>['screen'];

/** The hall is asked over a line that costs it money: while somebody looks, and no more often. */
const ASK_MS = 60_000;
/** The server gives the same answer to all who ask within five seconds: after that it is the new page. */
const AFTER_CHANGE_MS = 5_500;

interface Props {
  device: string;
  online: boolean;
  /** What plays on the sign, as the hall told it; when that changes, the picture is asked for anew. */
  play: string | undefined;
}

/** The lamps of the sign, as the hall knows them: each one pixel, enlarged without being smoothed. */
export function SignCard({ device, online, play }: Props) {
  const say = useWords(HALL_WORDS);
  const { data, error, isFetching, refetch } = useAnswer(
    'screen',
    { device },
    { enabled: online, refetchInterval: ASK_MS },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another play is why it is asked
  useEffect(() => {
    if (!online) return;
    const timer = setTimeout(() => void refetch(), AFTER_CHANGE_MS);
    return () => clearTimeout(timer);
  }, [play, online, refetch]);
  return (
    <Card
      title={say('sign')}
      aside={
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={say('signAgain')}
          loading={isFetching}
          disabled={!online}
          onClick={() => void refetch()}
        >
          <IconRefresh size={18} aria-hidden />
        </ActionIcon>
      }
    >
      {!online && <Text c="dimmed">{say('signAway')}</Text>}
      {data === undefined && error === null && online && <Skeleton height={140} />}
      <FailureNote error={data === undefined ? error : null} />
      {online && data !== undefined && <Shown screen={data.screen} heardAt={data.heard_at} />}
    </Card>
  );
}

function Shown({ screen, heardAt }: { screen: Screen; heardAt: string }) {
  const say = useWords(HALL_WORDS);
  const lang = useLanguage();
  const { face, png, running, known, of, unknown } = screen;
  const isConfirmed = known === 'confirmed';
  const Sign = isConfirmed ? IconCircleCheck : IconSend;
  return (
    <figure className="sign-figure">
      {png !== undefined && (
        <img
          className="sign-lamps"
          src={`data:image/png;base64,${png}`}
          width={face.width}
          height={face.height}
          alt={say('signPicture', { width: face.width, height: face.height })}
        />
      )}
      {running?.png !== undefined && (
        // Wider than the window of the sign: it is read by scrolling.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys too
        <section className="sign-strip" tabIndex={0} aria-label={say('strip')}>
          <img src={`data:image/png;base64,${running.png}`} height={running.height * 2} alt={say('strip')} />
        </section>
      )}
      <figcaption>
        <Text size="sm">
          {of.type === 'idle'
            ? say('ofIdle')
            : say('ofPlay', { title: of.title, page: of.page, pages: of.pages })}
        </Text>
        <Group gap={6} c={isConfirmed ? 'var(--good)' : 'var(--poor)'} wrap="nowrap">
          <Sign size={16} aria-hidden />
          <Text size="sm" inherit>
            {say(known)} {say('heardAt', { at: timeWords(heardAt, 'clock', lang) })}
          </Text>
        </Group>
        {unknown.map((doubt) => (
          <Text key={doubt} size="sm" c="dimmed">
            {doubtWords(doubt, lang)}
          </Text>
        ))}
      </figcaption>
    </figure>
  );
}

function doubtWords(doubt: string, lang: Language): string {
  return Object.entries(SCREEN_DOUBTS).find(([code]) => code === doubt)?.[1][lang] ?? doubt;
}
