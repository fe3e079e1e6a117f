/** The beginnings of pictures, as encoders write them. */
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

/** A whole PNG of one pixel. */
export const tinyPng = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

/** By what they are: 640 pixels wide, 480 high. */
export const pictures: Readonly<
  Record<'png' | 'gif' | 'jpeg' | 'webpLossy' | 'webpLossless' | 'webpExtended', Uint8Array>
> = {
  png: bytes('89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 08060000 00'),
  gif: bytes('474946383961 8002 e001 f70000'),
  jpeg: bytes('ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 01e0 0280 03012200021101031101'),
  webpLossy: bytes('52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 e001'),
  webpLossless: bytes('52494646 00000000 57454250 5650384c 00000000 2f 7fc27700 0000000000'),
  webpExtended: bytes('52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 df0100'),
}
