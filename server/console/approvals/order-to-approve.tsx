import { Stack, Text, Title } from '@mantine/core';
import { TargetChips } from '../targets/target-chips.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { APPROVAL_WORDS } from './approval-words.ts';
import { contentOf, type Held } from './held-content.ts';

/** All that an order would say, to whom and when: what a yes is for. */
export function OrderToApprove({ held }: { held: Held }) {
  const say = useWords(APPROVAL_WORDS);
  const lang = useLanguage();
  const { title, texts, sounds, to, outputs, startAt } = contentOf(held);
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {title}
      </Title>
      <Labelled label={say('says')}>
        {texts.map((words) => (
          <Text key={words} size="lg" style={{ whiteSpace: 'pre-wrap' }}>
            {words}
          </Text>
        ))}
      </Labelled>
      <Labelled label={say('sound')}>
        {sounds.length === 0 && <Text size="sm">{say('toneOnly')}</Text>}
        {sounds.map((sha256) => (
          // biome-ignore lint/a11y/useMediaCaption: its words stand above, as far as there are any
          <audio key={sha256} controls preload="none" src={`/media/${sha256}`} aria-label={say('listen')} />
        ))}
      </Labelled>
      <Labelled label={say('to')}>
        <TargetChips chosen={to} />
      </Labelled>
      <Text size="sm">
        {say('outputs')} {outputs.map((output) => say(output === 'panel' ? 'panel' : 'tower')).join(' · ')}
        {startAt !== undefined && ` · ${say('starts', { at: timeWords(startAt, 'moment', lang) })}`}
        {held.lives_s !== undefined && ` · ${say('lives', { count: Math.round(held.lives_s / 60) })}`}
      </Text>
    </Stack>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {children}
    </div>
  );
}
