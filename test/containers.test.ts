import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { IMAGES } from './servers/find.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

type Service = {
  readonly image: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: { readonly [variable: string]: string };
  readonly volumes?: readonly string[];
};

const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  readonly services: { readonly [name: string]: Service };
};
const all = Object.entries(services);
const named = (wanted: (service: Service) => boolean) =>
  all.filter(([, service]) => wanted(service)).map(([name]) => name);

describe('docker-compose.yml', () => {
  it('starts the app and one node, and by a profile three nodes and two replicas', () => {
    expect(named(({ profiles }) => profiles === undefined)).toEqual(['codicil', 'kurrentdb']);
    expect(named(({ profiles }) => profiles?.includes('cluster') === true)).toEqual([
      'certificates',
      'kurrentdb-1',
      'kurrentdb-2',
      'kurrentdb-3',
      'replica-1',
      'replica-2',
    ]);
  });

  it('pins every image that is not built here, KurrentDB to the one that is tested', () => {
    for (const [, { image, build }] of all) {
      if (build === undefined) expect(image).toMatch(/:\d+\.\d+\.\d+$/);
    }
    const nodes = all.filter(([name]) => name.startsWith('kurrentdb'));
    expect(new Set(nodes.map(([, { image }]) => image))).toEqual(new Set([IMAGES.kurrentdb]));
  });

  it('leads to nothing from other machines', () => {
    const ports = all.flatMap(([, service]) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(3);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('runs the app without rights, on a file system that it can not write but for its data', () => {
    const apps = all.filter(([, { build }]) => build !== undefined);
    expect(apps).toHaveLength(3);
    for (const [, app] of apps) {
      expect(app).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      // A browser on the host gets there; a page that it shows must not.
      expect(app.environment).toMatchObject({ CODICIL_ALLOWED_HOSTS: 'localhost,127.0.0.1' });
      expect(app.volumes?.some((volume) => volume.endsWith(':/data'))).toBe(true);
    }
  });

  it('gives each node and replica a volume of its own', () => {
    const own = all.flatMap(([, { volumes = [] }]) =>
      volumes.filter((one) => !one.includes('/certs')),
    );
    expect(new Set(own.map((one) => one.split(':')[0])).size).toBe(own.length);
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  it('builds from a pinned image, copies what runs, and runs as nobody special', () => {
    const from = lines.filter((line) => line.startsWith('FROM '));
    for (const line of from) expect(line).toMatch(/^FROM node:\d+\.\d+\.\d+-[\w-]+( AS \w+)?$/);
    expect(lines).toContain('USER node');
    const copied = lines
      .filter((line) => /^COPY \w+ \w+$/.test(line))
      .map((line) => line.split(' ')[1]);
    const { imports } = JSON.parse(read('package.json'));
    const rooms = new Set(Object.values<string>(imports).map((path) => path.split('/')[1]));
    expect(new Set(copied)).toEqual(new Set([...rooms, 'bin', 'agreements']));
  });
});
