const units = [
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** What is offered, in milliseconds; 0: messages stay. */
const common: readonly number[] = [0, 30_000, 300_000, 3_600_000, 28_800_000, 86_400_000, 604_800_000, 2_419_200_000]

/** The lifetimes that are offered, the one of now among them, the shortest first. */
export function lifetimeChoices(presentMs: number): readonly number[] {
  return [...new Set([...common, presentMs])].sort((a, b) => a - b)
}

/** A lifetime in the user's language, such as "4 weeks": in the largest unit that comes out even. */
export function lifetimeWords(lifetimeMs: number, locale: string): string {
  const [unit, unitMs] = units.find(([, one]) => lifetimeMs % one === 0) ?? units[4]
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(lifetimeMs / unitMs)
}
