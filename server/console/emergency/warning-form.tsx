import { Card, Radio, SegmentedControl, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useSession } from '../door/use-session.tsx';
import { useKept } from '../house/kept-input.ts';
import { TargetPicker } from '../targets/target-picker.tsx';
import { useWords } from '../words/language.ts';
import { ArmAndSend } from './arm-and-send.tsx';
import { EMERGENCY_WORDS } from './emergency-words.ts';
import { ReachPanel } from './reach-panel.tsx';
import { TemplateChoice } from './template-choice.tsx';
import {
  EMPTY,
  LIVES_MINUTES,
  soundable,
  type Voice,
  voicesOf,
  type WarningDraft,
  withTemplate,
} from './warning-draft.ts';

const TITLE_MOST = 120;
const TEXT_MOST = 2_000;
const WHY_MOST = 300;
const VOICES = ['words', 'file', 'tone'] as const satisfies Voice[];

/** What happened, whom it concerns, how long and why; then look, arm, send. */
export function WarningForm() {
  const say = useWords(EMERGENCY_WORDS);
  const [kept, setDraft, clear] = useKept<WarningDraft>('warning', EMPTY);
  const { voice: hasVoice } = useSession();
  const draft = useMemo(() => soundable(kept, hasVoice), [kept, hasVoice]);
  const set = (change: Partial<WarningDraft>) => setDraft((now) => ({ ...now, ...change }));
  return (
    <Stack>
      <Part title={say('step1')}>
        <Text size="sm">{say('templates')}</Text>
        <TemplateChoice
          chosen={draft.template}
          onTake={(template) => setDraft((now) => withTemplate(now, template, hasVoice))}
        />
        <TextInput
          label={say('title')}
          placeholder={say('titleHint')}
          maxLength={TITLE_MOST}
          value={draft.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <Textarea
          label={say('text')}
          placeholder={say('textHint')}
          autosize
          minRows={3}
          maxLength={TEXT_MOST}
          value={draft.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <TextInput
          label={say('hotline')}
          inputMode="tel"
          maxLength={40}
          value={draft.hotline}
          onChange={(event) => set({ hotline: event.currentTarget.value })}
        />
        <Radio.Group
          label={say('voice')}
          description={hasVoice ? undefined : say('noVoice')}
          value={draft.voice}
          onChange={(voice) => set({ voice: VOICES.find((each) => each === voice) ?? 'tone' })}
        >
          <Stack gap={6} mt={6}>
            {voicesOf(draft, hasVoice).map((voice) => (
              <Radio key={voice} value={voice} label={say(voice)} />
            ))}
          </Stack>
        </Radio.Group>
      </Part>
      <Part title={say('step2')}>
        <TargetPicker chosen={draft.to} onChoose={(to) => set({ to })} />
      </Part>
      <Part title={say('step3')}>
        <div>
          <Text size="sm" fw={500} id="warning-minutes">
            {say('minutes')}
          </Text>
          <SegmentedControl
            aria-labelledby="warning-minutes"
            fullWidth
            value={draft.minutes === undefined ? '' : String(draft.minutes)}
            onChange={(minutes) => set({ minutes: Number(minutes) })}
            data={LIVES_MINUTES.map((minutes) => ({
              value: String(minutes),
              label:
                minutes < 60 ? say('minutesOf', { count: minutes }) : say('hoursOf', { count: minutes / 60 }),
            }))}
          />
        </div>
        <Textarea
          label={say('why')}
          placeholder={say('whyHint')}
          autosize
          minRows={2}
          maxLength={WHY_MOST}
          value={draft.why}
          onChange={(event) => set({ why: event.currentTarget.value })}
        />
      </Part>
      <Part title={say('step4')}>
        <ReachPanel draft={draft} />
        <ArmAndSend draft={draft} onSent={clear} />
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  );
}
