import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { SearchEntry, SearchIndex, SearchPlace, SearchQuery } from '../core/ports/searchIndex.ts'
import { maxAt } from '../core/ports/searchIndex.ts'
import { sqliteModule } from './sqliteModule.ts'

/** How many messages of one millisecond are told apart; further ones count as a little later. */
const perMoment = 2n ** 20n
/** Whoever merges by itself takes long now and then; so many pages after each `put` keep up with it, and none takes long. */
const mergedPages = 16

/**
 * A full-text index that is only ever in this process's memory. A row's number is its moment and a counter: so the
 * newest matches are the first that FTS5 comes by, and a search for what everything holds costs no more than any other.
 * It keeps no text (`content=''`), only which words stand where.
 *
 * Words come folded, so the tokenizer has nothing to decide: spaces part, and beyond ASCII everything belongs to a word.
 * `·` begins a tag and stands between what is no phrase; no word holds it.
 */
export function createSqliteSearchIndex(): SearchIndex {
  return new SqliteSearchIndex()
}

class SqliteSearchIndex implements SearchIndex {
  readonly #database: DatabaseSync
  readonly #statements: ReturnType<typeof prepareAll>

  constructor() {
    this.#database = new (sqliteModule().DatabaseSync)(':memory:')
    this.#database.exec(`
      PRAGMA temp_store = MEMORY;
      PRAGMA journal_mode = OFF;
      CREATE TABLE place (number INTEGER PRIMARY KEY, log INTEGER NOT NULL, seq INTEGER NOT NULL, UNIQUE (log, seq)) STRICT;
      CREATE VIRTUAL TABLE words USING fts5(text, content = '', contentless_delete = 1, tokenize = 'ascii');
      INSERT INTO words (words, rank) VALUES ('automerge', 0);
      INSERT INTO words (words, rank) VALUES ('crisismerge', 2000);
    `)
    this.#statements = prepareAll(this.#database)
  }

  get size(): number {
    return Number(this.#statements.count.get()?.['count'] ?? 0)
  }

  get memoryBytes(): number {
    const value = (name: string): number => Number(this.#database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
    return value('page_count') * value('page_size')
  }

  put(entries: readonly SearchEntry[]): void {
    this.#together(() => {
      for (const entry of entries) {
        this.remove(entry.log, entry.seq, entry.seq)
        const number = this.#freeNumber(entry.at)
        this.#statements.addPlace.run(number, entry.log, entry.seq)
        this.#statements.addWords.run(number, textOf(entry))
      }
    })
    this.#statements.merge.run(mergedPages)
  }

  remove(log: number, from: number, to: number): void {
    for (const { number } of this.#statements.numbersOf.all(log, from, to)) {
      this.#statements.removeWords.run(number as bigint)
      this.#statements.removePlace.run(number as bigint)
    }
  }

  find(query: SearchQuery, before: SearchPlace | undefined, limit: number): readonly SearchPlace[] {
    const from = BigInt(Math.floor(query.from)) * perMoment
    const end = BigInt(Math.floor(query.until)) * perMoment
    const older = before === undefined ? end : this.#numberOf(before)
    const until = older < end ? older : end
    return this.#statements.find.all(expressionOf(query), from, until, Math.max(0, limit)).map(parsePlace)
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #together(work: () => void): void {
    this.#statements.begin.run()
    try {
      work()
    } finally {
      this.#statements.commit.run()
    }
  }

  /** The first number after all of a moment. */
  #freeNumber(at: number): bigint {
    const first = BigInt(Math.min(Math.max(0, Math.floor(at)), maxAt)) * perMoment
    const last = this.#statements.lastBefore.get(first, first + perMoment)?.['last']
    return typeof last === 'bigint' ? last + 1n : first
  }

  /** Everything older than a place has a smaller number; one that is not there any more lies at its moment's beginning. */
  #numberOf({ log, seq, at }: SearchPlace): bigint {
    const [found] = this.#statements.numbersOf.all(log, seq, seq)
    return typeof found?.['number'] === 'bigint' ? found['number'] : BigInt(Math.max(0, Math.floor(at))) * perMoment
  }
}

function prepareAll(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => {
    const statement = database.prepare(sql)
    statement.setReadBigInts(true)
    return statement
  }
  return {
    begin: prepare('BEGIN'),
    commit: prepare('COMMIT'),
    count: prepare('SELECT count(*) AS count FROM place'),
    addPlace: prepare('INSERT INTO place (number, log, seq) VALUES (?, ?, ?)'),
    addWords: prepare('INSERT INTO words (rowid, text) VALUES (?, ?)'),
    merge: prepare(`INSERT INTO words (words, rank) VALUES ('merge', ?)`),
    removePlace: prepare('DELETE FROM place WHERE number = ?'),
    removeWords: prepare('DELETE FROM words WHERE rowid = ?'),
    numbersOf: prepare('SELECT number FROM place WHERE log = ? AND seq BETWEEN ? AND ?'),
    lastBefore: prepare('SELECT max(number) AS last FROM place WHERE number >= ? AND number < ?'),
    find: prepare(
      `SELECT place.number, place.log, place.seq FROM
         (SELECT rowid AS number FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?)
         AS found JOIN place USING (number) ORDER BY place.number DESC`,
    ),
  }
}

const separator = '·'

function textOf({ words, wholes, tags }: SearchEntry): string {
  return [
    ...words,
    separator,
    ...wholes.flatMap((whole) => [whole, separator]),
    ...tags.map((tag) => separator + tag),
  ].join(' ')
}

/** Every part quoted, so that nothing in it is an operator; what everything holds where nothing is asked for. */
function expressionOf({ terms, tags }: SearchQuery): string {
  const phrase = (words: readonly string[], isPrefix: boolean): string =>
    `"${words.join(' ').replaceAll('"', '')}"${isPrefix ? ' *' : ''}`
  const all = [
    ...terms.map((any) => any.map(({ words, isPrefix }) => phrase(words, isPrefix))),
    ...tags.map((any) => any.map((tag) => phrase([separator + tag], false))),
  ]
  return all.length === 0 ? `"${separator}"` : all.map((any) => `(${any.join(' OR ')})`).join(' AND ')
}

function parsePlace(row: Readonly<Record<string, unknown>>): SearchPlace {
  const number = row['number'] as bigint
  return { log: Number(row['log']), seq: Number(row['seq']), at: Number(number / perMoment) }
}
