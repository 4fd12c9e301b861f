import { useEffect, useState } from 'react';
import { uploadSound } from '../media/upload.ts';
import { lengthWords, timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { Announce } from './announce.tsx';
import { RECORDING_MOST_MS } from './recorder.ts';
import { useSpeech } from './use-speech.ts';
import { VILLAGE_WORDS } from './village-words.ts';

/** Speaks to the village by the phone: record, listen, announce. */
export function SpeakCard({ village, name, user }: { village: string; name: string; user: string }) {
  const say = useWords(VILLAGE_WORDS);
  const lang = useLanguage();
  const { since, speech, isDeaf, begin, end, forget } = useSpeech({ user, place: village });
  const sound = speech?.sound;
  const prepare = async () => {
    if (sound === undefined) throw new Error('nothing was recorded');
    const { sha256 } = await uploadSound(new File([sound], `${say('speak')}.webm`));
    return { to: [village], media: [sha256], title: say('speak'), chime: 'ding' as const };
  };

  return (
    <section className="card" aria-label={say('speak')}>
      <h2>{say('speak')}</h2>
      {isDeaf && (
        <p className="failure" role="alert">
          {say('noMicrophone')}
        </p>
      )}
      {since === undefined ? (
        <button type="button" className="big record" onClick={begin}>
          ● {say(sound === undefined ? 'record' : 'again')}
        </button>
      ) : (
        <button type="button" className="big recording" onClick={end}>
          ■ {say('stopRecording')}
        </button>
      )}
      {since !== undefined && <Elapsed since={since} onOver={end} />}
      {speech?.at !== undefined && (
        <p role="status">{say('unsent', { time: timeWords(speech.at, 'moment', lang) })}</p>
      )}
      {sound !== undefined && <Playback sound={sound} label={say('listen')} />}
      {speech?.at !== undefined && (
        <button type="button" className="big plain" onClick={forget}>
          {say('throwAway')}
        </button>
      )}
      <Announce
        name={name}
        disabled={sound === undefined || since !== undefined}
        prepare={prepare}
        onSent={forget}
      />
    </section>
  );
}

function Elapsed({ since, onOver }: { since: number; onOver: () => void }) {
  const say = useWords(VILLAGE_WORDS);
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (now - since >= RECORDING_MOST_MS) onOver();
  }, [now, since, onOver]);
  return <p role="status">{say('recording', { length: lengthWords(now - since) })}</p>;
}

function Playback({ sound, label }: { sound: Blob; label: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(sound);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [sound]);
  // biome-ignore lint/a11y/useMediaCaption: it was spoken a moment ago by who listens
  return <audio controls src={url} aria-label={label} />;
}
