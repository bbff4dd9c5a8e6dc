import { closeSync, openSync, readSync, statSync } from 'node:fs';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** Not a fact of the format: frames are looked at in pieces of about this size. */
const pieceBytes = 4 * 1024 * 1024;

/**
 * What a write-ahead file says about itself. SQLite silently ends it at the first frame whose
 * checksum is wrong. That is right for a last transaction that a power cut tore, and wrong for a
 * damage in the middle, behind which stand transactions that were acknowledged.
 */
export type WalState = 'absent' | 'sound' | 'damaged-header' | 'damaged-frame';

/** Judges `file` (`log.db-wal`) without changing it. */
export function checkWal(file: string): WalState {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= headerBytes) return 'absent';
  const descriptor = openSync(file, 'r');
  try {
    const header = Buffer.alloc(headerBytes);
    readSync(descriptor, header, 0, headerBytes, 0);
    const scan = startScan(header);
    if (scan === undefined) return 'damaged-header';
    const stride = frameHeaderBytes + header.readUInt32BE(8);
    const piece = Buffer.alloc(stride * Math.max(1, Math.floor(pieceBytes / stride)));
    for (let at = headerBytes; at + stride <= size; at += piece.length) {
      const read = readSync(descriptor, piece, 0, piece.length, at);
      for (let offset = 0; offset + stride <= read; offset += stride) {
        scan.take(piece.subarray(offset, offset + stride));
      }
    }
    // A power cut tears one transaction at most: the next begins after the last is on the disk.
    return scan.commitsBehindDamage > 1 ? 'damaged-frame' : 'sound';
  } finally {
    closeSync(descriptor);
  }
}

interface Scan {
  commitsBehindDamage: number;
  take(frame: Buffer): void;
}

function startScan(header: Buffer): Scan | undefined {
  const magic = header.readUInt32BE(0);
  if ((magic & ~1) >>> 0 !== 0x377f0682) return undefined;
  const littleEndian = (magic & 1) === 0;
  const sum: Sum = [0, 0];
  addTo(sum, header.subarray(0, 24), littleEndian);
  if (sum[0] !== header.readUInt32BE(24) || sum[1] !== header.readUInt32BE(28)) return undefined;
  let whole = true;
  return {
    commitsBehindDamage: 0,
    take(frame) {
      // Frames of an earlier round of the file have other salts: they are long in the database.
      const current = frame.compare(header, 16, 24, 8, 16) === 0;
      if (whole && current) {
        addTo(sum, frame.subarray(0, 8), littleEndian);
        addTo(sum, frame.subarray(frameHeaderBytes), littleEndian);
      }
      whole &&= current && sum[0] === frame.readUInt32BE(16) && sum[1] === frame.readUInt32BE(20);
      if (!whole && current && frame.readUInt32BE(4) !== 0) this.commitsBehindDamage += 1;
    },
  };
}

type Sum = [number, number];

/** SQLite's running checksum of a write-ahead file, over a multiple of eight bytes. */
function addTo(sum: Sum, bytes: Buffer, littleEndian: boolean): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let [first, second] = sum;
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + view.getUint32(at, littleEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, littleEndian) + first) >>> 0;
  }
  sum[0] = first;
  sum[1] = second;
}
