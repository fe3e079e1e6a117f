/** How a row of a native tree looks. Icons are product icon ids, colours theme colour ids. */
export interface RowLook {
  readonly id: string
  readonly label: string
  readonly description: string
  readonly tooltip: string
  readonly icon: string
  readonly color?: string
  /** For the `when` clauses of menus. */
  readonly context: string
  /** What a screen reader says. */
  readonly spoken: string
}
