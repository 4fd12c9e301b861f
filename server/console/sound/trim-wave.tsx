import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useWords } from '../words/language.ts';
import { SOUND_WORDS } from './sound-words.ts';
import { type Cut, cutWithin, secondsOf, type Take } from './take.ts';
import { drawWave, type Wave } from './wave.ts';

const rounded = (seconds: number) => Math.round(seconds * 10) / 10;

/** The wave form of a take with the part that is kept, by its edges or by numbers; and what it sounds like. */
export function TrimWave({ take, cut, onCut }: { take: Take; cut: Cut; onCut: (cut: Cut) => void }) {
  const say = useWords(SOUND_WORDS);
  const canvas = useRef<HTMLDivElement>(null);
  const wave = useRef<Wave>(undefined);
  const [hearing, setHearing] = useState(false);
  const seconds = secondsOf(take);
  const moved = useEffectEvent((next: Cut) => onCut(cutWithin(seconds, next)));

  useEffect(() => {
    if (canvas.current === null) return;
    const drawn = drawWave(canvas.current, take, {
      onCut: moved,
      onHearing: setHearing,
    });
    wave.current = drawn;
    return () => drawn.end();
  }, [take]);
  useEffect(() => wave.current?.mark(cut), [cut]);

  const set = (next: Partial<Cut>) => onCut(cutWithin(seconds, { ...cut, ...next }));
  const Sign = hearing ? IconPlayerStop : IconPlayerPlay;
  return (
    <Stack gap="xs">
      <Text size="sm">{say('trim')}</Text>
      <div ref={canvas} className="wave" role="img" aria-label={say('wave')} />
      <Group align="flex-end" gap="sm">
        <NumberInput
          label={say('from')}
          w={140}
          min={0}
          max={rounded(seconds)}
          step={0.1}
          decimalScale={1}
          value={rounded(cut.from)}
          onChange={(from) => set({ from: Number(from) })}
        />
        <NumberInput
          label={say('until')}
          w={140}
          min={0}
          max={rounded(seconds)}
          step={0.1}
          decimalScale={1}
          value={rounded(cut.until)}
          onChange={(until) => set({ until: Number(until) })}
        />
        <Button
          variant="default"
          leftSection={<Sign size={16} aria-hidden />}
          onClick={() => (hearing ? wave.current?.pause() : wave.current?.play())}
        >
          {say(hearing ? 'stopHearing' : 'hearCut')}
        </Button>
      </Group>
    </Stack>
  );
}
