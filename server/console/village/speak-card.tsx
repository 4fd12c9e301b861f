import { useEffect, useRef, useState } from 'react';
import { uploadSound } from '../media/upload.ts';
import { lengthWords } from '../time/thai-time.ts';
import { useWords } from '../words/language.ts';
import { Announce } from './announce.tsx';
import { RECORDING_MOST_MS, type Recording, startRecording } from './recorder.ts';
import { VILLAGE_WORDS } from './village-words.ts';

/** Speaks to the village by the phone: record, listen, announce. */
export function SpeakCard({ village, name }: { village: string; name: string }) {
  const say = useWords(VILLAGE_WORDS);
  const recording = useRef<Recording>(undefined);
  const [since, setSince] = useState<number>();
  const [sound, setSound] = useState<Blob>();
  const [deaf, setDeaf] = useState(false);

  const begin = async () => {
    setSound(undefined);
    try {
      recording.current = await startRecording();
      setSince(Date.now());
      setDeaf(false);
    } catch {
      setDeaf(true);
    }
  };
  const end = async () => {
    setSound(await recording.current?.stop());
    setSince(undefined);
  };
  const prepare = async () => {
    if (sound === undefined) throw new Error('nothing was recorded');
    const { sha256 } = await uploadSound(new File([sound], `${say('speak')}.webm`));
    return { to: [village], media: [sha256], title: say('speak'), chime: 'ding' as const };
  };

  return (
    <section className="card" aria-label={say('speak')}>
      <h2>{say('speak')}</h2>
      {deaf && (
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
      {sound !== undefined && <Playback sound={sound} label={say('listen')} />}
      <Announce
        name={name}
        disabled={sound === undefined || since !== undefined}
        prepare={prepare}
        onSent={() => setSound(undefined)}
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
