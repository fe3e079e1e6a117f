/** The parts of the Encoding standard that every platform of the core has. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, target: Uint8Array): { read: number; written: number }
}
declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: boolean; ignoreBOM: boolean })
  /** Throws on invalid UTF-8 when `fatal`. */
  decode(bytes: Uint8Array): string
}
