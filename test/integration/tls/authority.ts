import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** When a certificate is valid, and for which name. */
export interface Wanted {
  host?: string;
  from?: Date;
  until?: Date;
}

export interface Certificate {
  /** Paths of PEM files. */
  key: string;
  cert: string;
}

const DAY_MS = 24 * 3_600_000;

/** A certificate authority of one test, made with openssl: as a province would make its own. */
export class Authority {
  readonly folder: string;
  /** PEM. */
  readonly ca: string;
  #made = 0;

  constructor(folder: string, name: string) {
    this.folder = join(folder, name);
    mkdirSync(this.folder);
    this.#openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', [
      ...['-days', '30', '-subj', `/CN=${name}`],
    ]);
    writeFileSync(join(this.folder, 'index'), '');
    writeFileSync(join(this.folder, 'serial'), '01\n');
    this.ca = readFileSync(join(this.folder, 'ca.pem'), 'utf8');
  }

  issue({
    host = '127.0.0.1',
    from = new Date(Date.now() - DAY_MS),
    until = new Date(Date.now() + DAY_MS),
  }: Wanted = {}): Certificate {
    const name = `server-${++this.#made}`;
    writeFileSync(join(this.folder, `${name}.cnf`), configFor(host));
    this.#openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, [
      ...['-subj', `/CN=${host}`],
    ]);
    this.#openssl('ca', '-batch', '-config', `${name}.cnf`, '-in', `${name}.csr`, '-out', `${name}.pem`, [
      ...['-startdate', asn1Time(from), '-enddate', asn1Time(until)],
    ]);
    return { key: join(this.folder, `${name}.key`), cert: join(this.folder, `${name}.pem`) };
  }

  #openssl(...args: (string | string[])[]): void {
    execFileSync('openssl', args.flat(), { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }
}

function configFor(host: string): string {
  const name = /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`;
  return `[ca]
default_ca = own
[own]
new_certs_dir = .
database = index
serial = serial
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
unique_subject = no
x509_extensions = server
[any]
commonName = supplied
[server]
subjectAltName = ${name}
`;
}

/** `YYMMDDHHMMSSZ`. */
function asn1Time(at: Date): string {
  return `${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`;
}
