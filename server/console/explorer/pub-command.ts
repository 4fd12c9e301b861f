interface Asked {
  user: string;
  training: boolean;
  what: string;
  body: string;
}

/** What a person would type to ask the same; the password is read from the environment, never shown. */
export function pubCommand({ user, training, what, body }: Asked): string {
  const topic = `${training ? 'prakat-training' : 'prakat'}/v1/operator/${user}/request/${what}`;
  return `mosquitto_pub -u ${user} -P "$PASSWORD" -q 1 -t ${topic} -m ${quoted(body)}`;
}

/** For a shell: in single quotes, where nothing has a meaning but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
