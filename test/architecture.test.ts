import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

type Room = {
  readonly name: string;
  readonly folder: string;
  readonly rooms: readonly string[];
  /** Rooms that may be imported as types only. */
  readonly typesOf: readonly string[];
  readonly packages: readonly string[];
  readonly node: boolean;
};

const names = (cell: string, form: RegExp): readonly string[] =>
  [...cell.matchAll(form)].map(([, name = '']) => name);

const table = read('docs/architecture.md')
  .split('\n')
  .filter((line) => /^\| `\w+` \|/.test(line));

const ROOMS: readonly Room[] = table.map((line) => {
  const [, room = '', folder = '', , rooms = '', packages = '', node = ''] = line.split('|');
  return {
    name: room.replace(/[` ]/g, ''),
    folder: folder.replace(/[` ]/g, ''),
    rooms: names(rooms, /(?<!\()`([\w-]+)`/g),
    typesOf: names(rooms, /\(`([\w-]+)`\)/g),
    packages: names(packages, /`([^`]+)`/g),
    node: node.trim() === 'yes',
  };
});

/** The innermost room wins: `src/cli/` is not `src/`. */
const roomOf = (path: string): Room | undefined =>
  ROOMS.filter(({ folder }) => path.startsWith(folder)).toSorted(
    (a, b) => b.folder.length - a.folder.length,
  )[0];

type Import = { readonly file: string; readonly from: string; readonly type: boolean };

const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

const files = globSync(
  ['events/**/*.ts', 'src/**/*.ts', 'projections/**/*.ts', 'graphql/**/*.ts'],
  {
    cwd: root,
  },
).toSorted();

const imports: readonly Import[] = files.flatMap((file) =>
  [...read(file).matchAll(IMPORT)].map(([, type, from, dynamic]) => ({
    file,
    from: from ?? dynamic ?? '',
    type: type !== undefined,
  })),
);

const doorOf = (from: string): string | undefined => /^#([\w-]+)\//.exec(from)?.[1];
const packageOf = (from: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from;
const isRelative = ({ from }: Import): boolean => from.startsWith('.');
const isPackage = (each: Import): boolean =>
  !isRelative(each) && doorOf(each.from) === undefined && !isBuiltin(each.from);

const said = ({ file, from, type }: Import): string =>
  `${file} imports ${type ? 'types of ' : ''}${from}`;

const mayEnter = (room: Room, door: string, type: boolean): boolean =>
  room.rooms.includes(door) || (type && room.typesOf.includes(door));

const manifest: {
  readonly dependencies: { readonly [name: string]: string };
  readonly imports: { readonly [door: string]: string };
} = JSON.parse(read('package.json'));

describe('the rooms', () => {
  it('are those with a door in package.json, each with its folder', () => {
    const doors = Object.entries(manifest.imports).map(([door, path]) => [
      door.slice(1, -2),
      path.slice(2, -1),
    ]);
    const rooms = ROOMS.map(({ name, folder }) => [name, folder]);
    expect(rooms.toSorted()).toEqual(doors.toSorted());
  });

  it('hold every source file', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });
});

describe('an import', () => {
  it('goes through the door of another room, and only of a listed one', () => {
    const bad = imports.filter((each) => {
      const door = doorOf(each.from);
      const room = roomOf(each.file);
      return door !== undefined && room !== undefined && !mayEnter(room, door, each.type);
    });
    expect(bad.map(said)).toEqual([]);
  });

  it('stays inside its room when it is a path', () => {
    const bad = imports.filter(isRelative).filter(({ file, from }) => {
      const target = normalize(join(dirname(file), from));
      return roomOf(target) !== roomOf(file) || !existsSync(join(root, target));
    });
    expect(bad.map(said)).toEqual([]);
  });

  it('is of a package only where the room lists it', () => {
    const bad = imports
      .filter(isPackage)
      .filter(({ file, from }) => !roomOf(file)?.packages.includes(packageOf(from)));
    expect(bad.map(said)).toEqual([]);
  });

  it('is of Node itself only where the room may touch the machine, and says node:', () => {
    const bad = imports
      .filter(({ from }) => isBuiltin(from))
      .filter(({ file, from }) => roomOf(file)?.node !== true || !from.startsWith('node:'));
    expect(bad.map(said)).toEqual([]);
  });

  it('never leads round in a circle between rooms', () => {
    // Nobody imports the program's first line; it shares its folder with the settings, which all doors read.
    const edges = imports
      .filter(({ file }) => file !== 'src/main.ts')
      .map(({ file, from }) => [roomOf(file)?.name, doorOf(from)] as const);
    const next = (rooms: readonly string[]): readonly string[] =>
      edges.flatMap(([from, to]) =>
        from !== undefined && to !== undefined && rooms.includes(from) ? [to] : [],
      );
    const leadsBack = ({ name }: Room): boolean => {
      let reached = next([name]);
      for (const _ of ROOMS) reached = [...new Set([...reached, ...next(reached)])];
      return reached.includes(name);
    };
    expect(imports.filter(({ from }) => from.endsWith('/main.ts'))).toEqual([]);
    expect(ROOMS.filter(leadsBack)).toEqual([]);
  });

  it('never leads round in a circle between the files of a room, types included', () => {
    const next = Map.groupBy(imports.filter(isRelative), ({ file }) => file);
    const imported = (file: string): readonly string[] =>
      (next.get(file) ?? []).map(({ from }) => normalize(join(dirname(file), from)));
    const leadsBack = (file: string): boolean => {
      const reached = new Set(imported(file));
      // A set hands out what is added while it is walked.
      for (const at of reached) for (const target of imported(at)) reached.add(target);
      return reached.has(file);
    };
    const inCircle = files.filter(leadsBack);
    expect(inCircle).toEqual([]);
  });
});

describe('the page', () => {
  it('names files that are there', () => {
    const named = [...read('docs/architecture.md').matchAll(/`([\w./-]+\/[\w.-]+\.\w+)`/g)];
    expect(named.length).toBeGreaterThan(20);
    const missing = named
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });
});

describe('the table', () => {
  it.each(ROOMS)('lists nothing that $name does not need', ({ name, rooms, typesOf, packages }) => {
    const own = imports.filter(({ file }) => roomOf(file)?.name === name);
    const doors = new Set(own.map(({ from }) => doorOf(from)));
    const used = new Set(own.filter(isPackage).map(({ from }) => packageOf(from)));
    expect([...rooms, ...typesOf].filter((room) => !doors.has(room))).toEqual([]);
    expect(packages.filter((each) => !used.has(each))).toEqual([]);
  });

  it('of dependencies has a reason for each package that package.json lists, and no other', () => {
    const record = read('docs/decisions/0014-dependencies.md');
    const listed = [...record.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted());
    const used = new Set(imports.filter(isPackage).map(({ from }) => packageOf(from)));
    expect(Object.keys(manifest.dependencies).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('a source file', () => {
  it('has at most 250 lines', () => {
    const long = files.filter((file) => read(file).split('\n').length > 251);
    expect(long).toEqual([]);
  });

  it('is named in kebab-case after its idea, never index, utils, helpers or types', () => {
    const base = (file: string): string => file.split('/').at(-1) ?? '';
    const bad = files.filter(
      (file) =>
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(base(file)) ||
        /^(index|utils?|helpers?|types|common|misc)\.ts$/.test(base(file)),
    );
    expect(bad).toEqual([]);
  });

  it('knows no any', () => {
    const loose = files.filter((file) =>
      /(?::|<|\bas|\|)\s*any\b(?!['\w-])/.test(read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(loose).toEqual([]);
  });
});
