const WIDTH = 110;
const MOST_ITEMS = 4;

const pad = (by: number): string => ' '.repeat(by);

const flat = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(flat).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `"${key}": ${flat(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
};

const listed = (items: readonly unknown[], by: number): string => {
  const shown = items.slice(0, MOST_ITEMS).map((item) => `${pad(by)}${compactJson(item, by)}`);
  const left = items.length - shown.length;
  const rest = left > 0 ? `\n${pad(by)}// … and ${left} more` : '';
  return `[\n${shown.join(',\n')}${rest}\n${pad(by - 2)}]`;
};

/** JSON for people: what fits on a line stands on one, and of a long list the beginning is shown. */
export const compactJson = (value: unknown, by = 0): string => {
  const line = flat(value);
  if (by + line.length <= WIDTH) return line;
  if (Array.isArray(value)) return listed(value, by + 2);
  if (typeof value !== 'object' || value === null) return line;
  const entries = Object.entries(value).map(
    ([key, each]) => `${pad(by + 2)}"${key}": ${compactJson(each, by + 2)}`,
  );
  return `{\n${entries.join(',\n')}\n${pad(by)}}`;
};
