import { globSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { recordKinds, type RecordKind } from '../record/recordFolder.ts'
import { readTallies, type Tally } from '../record/tally.ts'
import { findLeaks, formsOf } from './findLeaks.ts'

/** What all processes of one test run wrote down. */
export class RunRecord {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** Begins an empty record; the processes find it through the environment. */
  async begin(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
    for (const kind of recordKinds) await mkdir(path.join(this.folder, kind), { recursive: true })
  }

  /** Adds the output of a stage, without the titles of its tests: those may say what their texts say. */
  async addLog(name: string, text: string): Promise<void> {
    const lines = stripVTControlCharacters(text).split('\n')
    await writeFile(path.join(this.folder, 'logs', name), lines.filter((line) => !/^\s*[✔✖▶] /u.test(line)).join('\n'))
  }

  async tally(): Promise<Tally> {
    return readTallies((await this.#read('tally')).map(({ text }) => text).join(''))
  }

  /** A sentence for each place where a log holds something that was planted; a sentence too if nothing was planted. */
  async leaks(): Promise<string[]> {
    const planted = (await this.#read('planted')).flatMap(({ text }) => text.split('\n').filter((line) => line !== ''))
    const logs = await this.#read('logs')
    if (planted.length === 0 || logs.length === 0) return ['Nothing was planted, or nothing was logged.']
    const secrets = new Set(planted.flatMap((line) => formsOf(JSON.parse(line) as string)))
    return logs.flatMap(({ name, text }) =>
      findLeaks(text, secrets).map(({ line, around }) => `${name}:${String(line)} holds a secret: ${around}`),
    )
  }

  async #read(kind: RecordKind): Promise<{ readonly name: string; readonly text: string }[]> {
    const names = globSync('*', { cwd: path.join(this.folder, kind) }).sort()
    return Promise.all(
      names.map(async (name) => ({ name, text: await readFile(path.join(this.folder, kind, name), 'utf8') })),
    )
  }
}
