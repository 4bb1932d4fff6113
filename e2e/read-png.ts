import { inflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  /** Red, green and blue of a pixel, 0 to 255. */
  at(x: number, y: number): readonly [number, number, number];
}

const SIGNATURE = '89504e470d0a1a0a';
const CHANNELS: Record<number, number> = { 2: 3, 6: 4 };

/**
 * The pixels of a PNG as browsers write screenshots: 8 bits a channel, RGB or RGBA, not interlaced (W3C PNG). Throws on any
 * other. Own code, because what reads pixels elsewhere is a native module.
 */
export function readPng(file: Buffer): Picture {
  if (file.subarray(0, 8).toString('hex') !== SIGNATURE) throw new Error('not a PNG');
  let header: Buffer | undefined;
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  if (!header) throw new Error('a PNG without its header');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = CHANNELS[header[9] ?? -1];
  if (header[8] !== 8 || !channels || header[12] !== 0) throw new Error('not a PNG as browsers write them');
  const stride = width * channels;
  const raw = inflateSync(Buffer.concat(data));
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i += 1) {
      const left = i < channels ? 0 : (pixels[y * stride + i - channels] ?? 0);
      const up = y === 0 ? 0 : (pixels[(y - 1) * stride + i] ?? 0);
      const corner = y === 0 || i < channels ? 0 : (pixels[(y - 1) * stride + i - channels] ?? 0);
      const value = raw[y * (stride + 1) + 1 + i] ?? 0;
      pixels[y * stride + i] = (value + predicted(filter, left, up, corner)) & 255;
    }
  }
  return {
    width,
    height,
    at(x, y) {
      const i = y * stride + x * channels;
      return [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0];
    },
  };
}

/** What a line's filter takes off each byte: nothing, left, above, their mean, or the nearest of three (Paeth). */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
