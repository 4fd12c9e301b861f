import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerTo, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { useAnswer } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { Lamps } from './lamps.tsx';
import { SIGN_WORDS } from './sign-words.ts';

type Preview = AnswerTo<'preview'>;
type Sign = Preview['signs'][number];
type Page = Sign['pages'][number];

/** Between two letters of somebody who types: the painter takes a tenth of a second. */
const TYPING_MS = 350;
/** Pictures of one page that are drawn before somebody asks for all. */
const SHOWN_FIRST = 4;

/** What the signs of the chosen halls will show, by the painter of the halls, as it is typed. */
export function SignPreview({ shown }: { shown: RequestOf<'preview'> }) {
  const say = useWords(SIGN_WORDS);
  const [asked] = useDebouncedValue(JSON.stringify(shown), TYPING_MS);
  const { data, error } = useAnswer('preview', JSON.parse(asked), { keep: true });
  return (
    <Stack component="section" gap="sm" aria-label={say('preview')}>
      <Text size="sm" fw={500}>
        {say('preview')}
      </Text>
      <FailureNote error={error} />
      {data === undefined && error === null && <Skeleton height={120} />}
      {data?.signs.map((sign) => (
        <OneSign key={JSON.stringify(sign.face)} sign={sign} />
      ))}
      {data?.halls !== undefined && <Rest halls={data.halls} />}
    </Stack>
  );
}

function OneSign({ sign: { face, halls, pages } }: { sign: Sign }) {
  const say = useWords(SIGN_WORDS);
  const { width, height, depth } = face;
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {halls === undefined ? say('usual', { width, height }) : say('face', { width, height, count: halls })}{' '}
        · {say(depth)}
      </Text>
      {pages.map((page) => (
        <OnePage key={page.page} page={page} face={face} />
      ))}
    </Stack>
  );
}

function OnePage({ page, face }: { page: Page; face: Sign['face'] }) {
  const say = useWords(SIGN_WORDS);
  const lang = useLanguage();
  const [all, setAll] = useState(false);
  const { screens, pictures, faults } = page;
  const count = screens.length;
  const drawn = all ? screens : screens.slice(0, SHOWN_FIRST);
  return (
    <Stack gap={6}>
      <div className="sign-screens">
        {drawn.map(({ picture, ms, running }, at) => {
          const words = say('screen', { number: at + 1, count, seconds: Math.round(ms / 100) / 10 });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a screen is its place
            <figure key={at} style={{ margin: 0 }}>
              <Lamps png={pictures[picture] ?? ''} width={face.width} height={face.height} alt={words} />
              {running !== undefined && (
                <Strip png={pictures[running.picture] ?? ''} height={running.height} />
              )}
              <Text component="figcaption" size="xs" c="dimmed">
                {words}
              </Text>
            </figure>
          );
        })}
      </div>
      {count > drawn.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {say('more', { count })}
        </Button>
      )}
      {faults.map((fault) => (
        <Alert key={fault.code + fault.path} color="yellow" icon={<IconAlertTriangle aria-hidden />} p="xs">
          {fault[lang]}
        </Alert>
      ))}
    </Stack>
  );
}

/** Wider than its window: it is read by scrolling. */
function Strip({ png, height }: { png: string; height: number }) {
  const say = useWords(SIGN_WORDS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys too
    <section className="lamps-strip" tabIndex={0} aria-label={say('running')}>
      <img src={`data:image/png;base64,${png}`} height={height * 2} alt={say('running')} />
    </section>
  );
}

/** Halls whose sign is not among the pictures. */
function Rest({ halls }: { halls: NonNullable<Preview['halls']> }) {
  const say = useWords(SIGN_WORDS);
  const words = (['others', 'without', 'untold'] as const)
    .filter((which) => halls[which] > 0)
    .map((which) => say(which, { count: halls[which] }));
  if (words.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {words.join(' · ')}
    </Text>
  );
}
