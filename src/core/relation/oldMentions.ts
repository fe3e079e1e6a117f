import type { Conversation } from '../conversation/conversation.ts'
import type { Store } from '../ports/store.ts'
import type { RecordFormat } from '../store/recordTable.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

/** Among so many of the newest messages of a room. */
const maxSearched = 1_000
/** Among the settings. */
const doneKey = new Uint8Array([7])

const doneFormat: RecordFormat<true> = {
  kind: 'setting',
  write(writer) {
    writer.uint8(1)
  },
  read(reader) {
    if (reader.uint8() !== 1) reader.fail()
    return true
  },
}

/** Files, once in the life of a store, what mentions this person among the messages that came before mentions were filed. */
export function fileOldMentions(store: Store, vault: Vault, conversations: Iterable<Conversation>): void {
  const done = new RecordTable(store, vault, doneFormat)
  if (done.get(doneKey) !== undefined) return
  store.transaction(() => {
    for (const { peer, record, about } of conversations) {
      if (peer !== undefined) continue
      for (const row of store.readLines(record.number, undefined, maxSearched)) {
        const said = about.relations.open(row)
        if (said !== undefined) about.relations.add(said.log, said.event, said.body)
      }
    }
    done.put(doneKey, true)
  })
}
