/** A plain full-text index over texts such as the chat's, without a chat around it: what searching costs at the least. */
import { DatabaseSync } from 'node:sqlite'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { exposeHandlers } from './control.ts'
import { sharedClockMs } from './gauges.ts'
import { sampleText } from './sampleText.ts'

const database = new DatabaseSync(':memory:')

const handlers = {
  build: ({ messages }: { messages: number }): number => {
    const random = new SeededRandom(2)
    const start = sharedClockMs()
    database.exec(`CREATE VIRTUAL TABLE message USING fts5(text, content = ''); BEGIN`)
    const add = database.prepare('INSERT INTO message (rowid, text) VALUES (?, ?)')
    for (let row = 1; row <= messages; row++) add.run(row, sampleText(random))
    database.exec('COMMIT')
    return sharedClockMs() - start
  },
  /** How long it takes to find 50, by the beginning of a word. */
  find: ({ start: beginning }: { start: string }): number => {
    const find = database.prepare('SELECT rowid FROM message WHERE message MATCH ? ORDER BY rowid DESC LIMIT 50')
    const start = sharedClockMs()
    find.all(`"${beginning}" *`)
    return sharedClockMs() - start
  },
}

/** The type of both ends of the control channel. */
export type SearchHandlers = typeof handlers

exposeHandlers(handlers)
