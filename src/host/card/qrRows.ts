import { encode } from 'uqr'

/** A text as a QR code: a text of `1` and `0` for each row of modules. The text is one of ours, and short. */
export function qrRows(text: string): readonly string[] {
  const { data } = encode(text, { ecc: 'M', border: 0 })
  return data.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''))
}
