import type { MessageId } from '../../shared/ids.ts'
import { parsePatchTrial, type PatchTrial } from '../../shared/patch/patchTrial.ts'
import { fromHex } from '../codec/bytes.ts'
import type { Reader } from '../codec/codec.ts'
import { maxCounter } from '../event/event.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordFormat, RecordTable } from '../store/recordTable.ts'

/** How many are kept: of the patches that were tried last. */
export const maxTrials = 200
const maxTrialBytes = 512 * 1024
const messageIdBytes = 38

export interface TrialRecord {
  /** Counts what was kept: the least goes first. */
  readonly number: number
  /** The message that is the patch. */
  readonly message: Uint8Array
  readonly trial: PatchTrial
}

/**
 * What became of each part of a patch on this device, and why not where it did not: for its user alone, sealed on disk like
 * everything else, and told to nobody. It holds reasons and line numbers and nothing of the patch, so that one that is erased leaves
 * no content here.
 */
export class PatchTrials {
  static readonly format: RecordFormat<TrialRecord> = {
    kind: 'patch-trial',
    write: (writer, { number, message, trial }) => {
      writer.uint8(1).uint(number).fixed(message).string(JSON.stringify(trial))
    },
    read: (reader) => {
      if (reader.uint8() !== 1) reader.fail()
      return { number: reader.uint(maxCounter), message: reader.fixed(messageIdBytes), trial: readTrial(reader) }
    },
  }
  readonly #table: RecordTable<TrialRecord>
  readonly #committer: Committer

  constructor(table: RecordTable<TrialRecord>, committer: Committer) {
    this.#table = table
    this.#committer = committer
  }

  /** Of the patch that is this message; `undefined` where none is kept. */
  get(patch: MessageId): PatchTrial | undefined {
    return this.#table.get(keyOf(patch))?.trial
  }

  /** Keeps it in the place of an earlier one. */
  async set(patch: MessageId, trial: PatchTrial): Promise<void> {
    await this.#committer.run(() => {
      const kept = this.#table.list().sort((a, b) => b.number - a.number)
      for (const { message } of kept.slice(maxTrials - 1)) this.#table.delete(message)
      this.#table.put(keyOf(patch), { number: (kept[0]?.number ?? 0) + 1, message: keyOf(patch), trial })
    })
  }
}

const keyOf = (message: MessageId): Uint8Array => fromHex(message) ?? new Uint8Array(messageIdBytes)

function readTrial(reader: Reader): PatchTrial {
  const trial = parsePatchTrial(parseJson(reader.string(maxTrialBytes)))
  if (trial === undefined) reader.fail()
  return trial ?? { files: [], isDone: false }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
