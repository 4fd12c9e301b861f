import { METRICS, type MetricName, type Reading } from './metric-table.ts';

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Readings as Prometheus reads them: by name, each with its help and type. */
export function exposition(readings: Reading[]): string {
  const names = Object.keys(METRICS) as MetricName[];
  return names
    .map((name) =>
      family(
        name,
        readings.filter((each) => each.name === name),
      ),
    )
    .join('');
}

function family(name: MetricName, readings: Reading[]): string {
  if (readings.length === 0) return '';
  const { help, type } = METRICS[name];
  const lines = readings.map(({ labels = {}, value }) => `${name}${inBraces(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function inBraces(labels: Record<string, string>): string {
  const members = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return members.length === 0 ? '' : `{${members.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
