import { Button, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLiveOrders } from '../alarm/use-live-orders.ts';
import { homeOf } from '../areas/area-address.ts';
import { AREA_WORDS } from '../areas/area-words.ts';
import { amissIn, COUNT_KINDS } from '../areas/count-kinds.ts';
import { standingOf } from '../areas/map-scale.ts';
import { ProvinceMap } from '../areas/province-map.tsx';
import { type AreaPart, partName, useOverview } from '../areas/use-area.ts';
import { useSession } from '../door/use-session.tsx';
import { FateBar } from '../progress/fate-bar.tsx';
import { useProgress } from '../progress/use-progress.ts';
import { agoWords, timeWords } from '../time/thai-time.ts';
import { useNow } from '../time/use-now.ts';
import { useAnswer, useLineState } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import './wall.css';
import { WALL_WORDS } from './wall-words.ts';

const LOOK_AGAIN_MS = 15_000;
/** More cannot be read from across a room. */
const WORST_SHOWN = 8;

/** For a screen on the wall: true black, large figures, nothing to press but the way out. */
export default function WallRoom() {
  const say = useWords(WALL_WORDS);
  const lang = useLanguage();
  const now = useNow('second');
  const { areas } = useSession();
  const { data, dataUpdatedAt } = useOverview(homeOf(areas));
  const { data: country } = useOverview('th');
  const line = useLineState();
  return (
    <main className="wall" aria-label={say('title')}>
      <header className="wall-head">
        <Title order={1}>{timeWords(now, 'weekday', lang)}</Title>
        <Title order={1} className="wall-clock">
          {timeWords(now, 'clock', lang)}
        </Title>
        <Group gap="xs">
          <Button
            variant="outline"
            color="gray.4"
            onClick={() => document.documentElement.requestFullscreen()}
          >
            {say('full')}
          </Button>
          <Button variant="outline" color="gray.4" component={Link} to="/">
            {say('leave')}
          </Button>
        </Group>
      </header>
      {line === 'down' && (
        <p className="wall-stale" role="alert">
          {say('stale', { ago: agoWords(dataUpdatedAt, now, lang) })}
        </p>
      )}
      <div className="wall-map">
        <ProvinceMap parts={country?.parts ?? []} marked={areas.filter((each) => each !== 'th')} />
      </div>
      <section className="wall-main">
        {data !== undefined && <Figures counts={data.counts} />}
        <Alarms />
        <Waiting />
        {data !== undefined && <Worst parts={data.parts} />}
      </section>
    </main>
  );
}

/** A warning that is none of the others stands at its hall. */
const FIGURES = COUNT_KINDS.filter(({ kind }) => kind !== 'warned');

function Figures({ counts }: { counts: AreaPart['counts'] }) {
  const say = useWords(WALL_WORDS);
  const sayArea = useWords(AREA_WORDS);
  return (
    <div className="wall-figures">
      {FIGURES.map(({ kind, count }) => (
        <div key={kind} data-bad={(kind !== 'online' && count(counts) > 0) || undefined}>
          <strong>{count(counts).toLocaleString('en-US')}</strong>
          <span>{sayArea(kind)}</span>
          <small>{say('of', { count: counts.halls })}</small>
        </div>
      ))}
    </div>
  );
}

function Alarms() {
  const say = useWords(WALL_WORDS);
  const { known, alerts } = useLiveOrders();
  if (!known) return null;
  if (alerts.length === 0) return <p className="wall-calm">✓ {say('calm')}</p>;
  return alerts.map(({ order, title, issued_at, by }) => (
    <Alarm key={order} order={order} title={title ?? ''} at={issued_at} by={by} />
  ));
}

function Alarm({ order, title, at, by }: { order: string; title: string; at: string; by: string }) {
  const say = useWords(WALL_WORDS);
  const lang = useLanguage();
  const now = useNow('second');
  const { data } = useProgress(order);
  return (
    <article className="wall-alarm" role="alert">
      <Text fw={700} fz="1.4em">
        ⚠ {say('live')}: {title}
      </Text>
      <Text>
        {agoWords(at, now, lang)} · {by}
      </Text>
      {data && <FateBar fates={data.fates} />}
    </article>
  );
}

function Waiting() {
  const say = useWords(WALL_WORDS);
  const options = { refetchInterval: LOOK_AGAIN_MS };
  const { data: held } = useAnswer('approvals', {}, options);
  const { data: agencies } = useAnswer('alerts', { states: ['waiting'] }, options);
  const lines = [
    ...(held && held.held.length > 0 ? [say('waiting', { count: held.held.length })] : []),
    ...(agencies && agencies.alerts.length > 0 ? [say('agency', { count: agencies.alerts.length })] : []),
  ];
  return lines.map((words) => (
    <p key={words} className="wall-waiting">
      {words}
    </p>
  ));
}

function Worst({ parts }: { parts: readonly AreaPart[] }) {
  const say = useWords(WALL_WORDS);
  const lang = useLanguage();
  const sayArea = useWords(AREA_WORDS);
  const share = ({ counts }: AreaPart) => (counts.halls === 0 ? 1 : counts.online / counts.halls);
  const worst = parts
    .filter(({ counts }) => ['bad', 'poor'].includes(standingOf(counts)))
    .sort((one, other) => share(one) - share(other))
    .slice(0, WORST_SHOWN);
  if (parts.length === 0) return <p className="wall-waiting">{say('empty')}</p>;
  if (worst.length === 0) return <p className="wall-calm">✓ {say('fine')}</p>;
  return (
    <div>
      <Title order={2}>{say('worst')}</Title>
      <ul className="wall-worst">
        {worst.map((part) => (
          <li key={part.area}>
            <span>{partName(part, lang)}</span>
            <span className="wall-amiss">
              {amissIn(part.counts)
                .map(({ kind, value }) => `${sayArea(kind)} ${value.toLocaleString('en-US')}`)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
