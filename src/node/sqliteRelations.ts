import type { DatabaseSync } from 'node:sqlite'
import type { Position, RelationRow } from '../core/ports/store.ts'
import { prepareChecked } from './openDatabase.ts'
import { parseRelationRow } from './storedRows.ts'

const columns = 'target, slot, clock, id, log, seq'

/** The table of which events are about which. */
export class SqliteRelations {
  readonly #statements: ReturnType<typeof prepareAll>

  constructor(database: DatabaseSync) {
    this.#statements = prepareAll(database)
  }

  add(rows: readonly RelationRow[]): void {
    for (const { target, slot, clock, id, log, seq } of rows)
      this.#statements.add.run(target, slot, clock, id, log, seq)
  }

  delete(rows: readonly RelationRow[]): void {
    for (const { target, slot, clock, id } of rows) this.#statements.remove.run(target, slot, clock, id)
  }

  /** The newest of each slot: one look for each, however many there are in it. */
  newest(target: Uint8Array): RelationRow[] {
    const { last, below } = this.#statements
    const found: RelationRow[] = []
    for (let row = last.get(target); row !== undefined;) {
      const relation = parseRelationRow(row)
      found.push(relation)
      row = below.get(target, relation.slot)
    }
    return found
  }

  ofSlot(target: Uint8Array, slot: Uint8Array, { clock, id }: Position, limit: number): RelationRow[] {
    return this.#statements.ofSlot.all(target, slot, clock, id, limit).map(parseRelationRow)
  }
}

function prepareAll(database: DatabaseSync) {
  const prepare = (sql: string): ReturnType<typeof prepareChecked> => prepareChecked(database, sql)
  const newestFirst = 'ORDER BY slot DESC, clock DESC, id DESC'
  return {
    add: prepare(`INSERT INTO relation (${columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    remove: prepare('DELETE FROM relation WHERE target = ? AND slot = ? AND clock = ? AND id = ?'),
    last: prepare(`SELECT ${columns} FROM relation WHERE target = ? ${newestFirst} LIMIT 1`),
    below: prepare(`SELECT ${columns} FROM relation WHERE target = ? AND slot < ? ${newestFirst} LIMIT 1`),
    ofSlot: prepare(
      `SELECT ${columns} FROM relation WHERE target = ? AND slot = ? AND (clock, id) < (?, ?)
       ORDER BY clock DESC, id DESC LIMIT ?`,
    ),
  }
}
