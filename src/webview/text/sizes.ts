/** Writes sizes and durations in the user's language. */
export interface Sizes {
  /** Bytes, with two or three digits that count. */
  bytes(count: number): string
  /** Bytes a second, likewise. */
  speed(count: number): string
  /** Seconds, as the largest unit that says enough. */
  seconds(count: number): string
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** Formats for a BCP 47 locale; in English where the locale is unknown. */
export function createSizes(locale: string): Sizes {
  const [supported = 'en'] = supportedOf(locale)
  const format = (value: number, unit: string, digits: number, unitDisplay: 'short' | 'long'): string =>
    new Intl.NumberFormat(supported, { style: 'unit', unit, unitDisplay, maximumFractionDigits: digits }).format(value)
  const bytes = (count: number, per: string): string => {
    // What would be rounded to 1000 is one of the next unit.
    const step = units.findIndex((_, i) => i === units.length - 1 || Math.round(count / 1000 ** i) < 1000)
    const value = count / 1000 ** step
    const unit = units[step] ?? 'byte'
    // Short, English has `500 byte`.
    return format(value, `${unit}${per}`, step === 0 || value >= 100 ? 0 : 1, unit === 'byte' ? 'long' : 'short')
  }
  return {
    bytes: (count) => bytes(count, ''),
    speed: (count) => bytes(count, '-per-second'),
    seconds(count) {
      const [seconds, minutes] = [Math.ceil(count), Math.ceil(count / 60)]
      if (seconds < 60) return format(seconds, 'second', 0, 'short')
      return minutes < 60 ? format(minutes, 'minute', 0, 'short') : format(count / 3600, 'hour', 1, 'short')
    },
  }
}

function supportedOf(locale: string): readonly string[] {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)
  } catch {
    return []
  }
}
