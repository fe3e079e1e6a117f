import type { Figure } from './statistics.ts'

/** One line of the result: a figure, what it is measured against, and the target where the project has one. */
export interface Entry {
  readonly name: string
  readonly unit: 'ms' | 'per second' | 'MB' | 'MB a second' | 'bytes' | 'bytes per message' | 'links' | 'of 100'
  readonly figure: Figure
  /** The same thing on a plain HyperDHT socket, measured in the same run. */
  readonly raw?: Figure
  /** `figure` over `raw`, or the other way round where more is better. 1 is as good as the plain socket. */
  readonly ratio?: number
  readonly target?: { readonly text: string; readonly isMet: boolean }
}

/** What one scenario found, in the order it is shown in. */
export interface Section {
  readonly title: string
  readonly entries: readonly Entry[]
}

/** How many times slower or larger than the plain socket; for rates pass `more-is-better`. */
export function ratio(own: Figure, raw: Figure, sense: 'less-is-better' | 'more-is-better' = 'less-is-better'): number {
  return sense === 'less-is-better' ? own.median / raw.median : raw.median / own.median
}

/** A target with its verdict; the verdict is about the median. */
export function target(text: string, isMet: boolean): { readonly text: string; readonly isMet: boolean } {
  return { text, isMet }
}

const heads = ['', 'median', 'range', 'plain socket', 'ratio', 'target', ''] as const

/** The sections as a table for a terminal. */
export function formatSections(sections: readonly Section[]): string {
  const rows = sections.flatMap(({ entries }) => entries.map(formatEntry))
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 || column >= 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return sections
    .map(({ title, entries }) => [title, line(heads), ...entries.map((entry) => line(formatEntry(entry)))].join('\n'))
    .join('\n\n')
}

function formatEntry({ name, unit, figure, raw, ratio: times, target: goal }: Entry): string[] {
  return [
    `${name} (${unit})`,
    formatNumber(figure.median),
    figure.min === figure.max ? '' : `${formatNumber(figure.min)}–${formatNumber(figure.max)}`,
    raw === undefined ? '' : formatNumber(raw.median),
    times === undefined ? '' : `${formatNumber(times)}×`,
    goal?.text ?? '',
    goal === undefined ? '' : goal.isMet ? 'met' : 'MISSED',
  ]
}

function formatNumber(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en')
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
