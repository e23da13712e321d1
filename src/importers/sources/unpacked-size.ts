import { fromBuffer, type ZipFile } from 'yauzl';

/** The bytes of all files in a zip once they are unpacked: what is there, not what the zip says of itself. */
export const unpackedSize = async (zip: Buffer, most: number): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  fromBuffer(zip, { lazyEntries: true }, (error, file) => {
    if (error) reject(error);
    else walk(file, { most, resolve, reject });
  });
  return promise;
};

type Walk = {
  readonly most: number;
  readonly resolve: (size: number) => void;
  readonly reject: (error: Error) => void;
};

/** Unpacks file after file and keeps nothing; ends early once there is more than the most. */
const walk = (file: ZipFile, { most, resolve, reject }: Walk): void => {
  let size = 0;
  file.on('error', reject);
  file.on('end', () => resolve(size));
  file.on('entry', (entry) => {
    file.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      stream.on('error', reject);
      stream.on('end', () => file.readEntry());
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= most) return;
        stream.destroy();
        resolve(size);
      });
    });
  });
  file.readEntry();
};
