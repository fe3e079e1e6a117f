import { ChatError, chatError } from '../../shared/chatError.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import type { RepairCause, StoreState } from '../../shared/store.ts'
import type { Account } from '../identity/account.ts'
import { parseDeviceList } from '../identity/deviceList.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { Store, StoreKeeper } from '../ports/store.ts'
import { recordKinds } from '../ports/store.ts'
import { StoreHealth } from '../store/storeHealth.ts'
import { Vault } from '../store/vault.ts'
import { WatchedStore } from '../store/watchedStore.ts'
import { salvage } from './salvage.ts'
import { StoreMarks } from './storeMarks.ts'

export interface StoreCareInit {
  readonly stores: StoreKeeper
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** What was found when the store was opened. */
export interface Findings {
  /**
   * This device wrote more than the store knows of: before it writes again it takes a fresh key, so that it never gives
   * a number twice.
   */
  readonly isBehind: boolean
  /** The newest version of the own device list that the store has heard of. */
  readonly listVersion: number
}

interface Held {
  readonly store: Store
  readonly marks: StoreMarks
  /** The cause of a repair that this opening found, and that is not written down yet. */
  readonly cause: RepairCause | undefined
  /** Who the store was opened for; once this opening is counted, nothing of it is left to write. */
  uncounted: Account | undefined
}

/** Opens the store of an account, notices what goes wrong with it, and mends what can be mended. */
export class StoreCare implements Disposable {
  readonly #init: StoreCareInit
  readonly #health: StoreHealth
  readonly #parts = new DisposableStore()
  readonly #onDidChange = new Emitter<StoreState>()
  readonly #onDidBreak = new Emitter<void>()
  readonly #onDidCount = new Emitter<number>()
  #held: Held | undefined
  /** Something showed while the store was in use that its opening does not look at. */
  #isDamaged = false

  constructor(init: StoreCareInit) {
    this.#init = init
    this.#health = this.#parts.add(
      new StoreHealth(init.clock, () => {
        this.#probe()
      }),
    )
    this.#parts.add(
      this.#health.onDidChange(() => {
        this.#onDidChange.fire(this.state)
      }),
    )
    this.#parts.add(
      this.#health.onDidFindDamage(() => {
        this.reportDamage()
      }),
    )
  }

  readonly onDidChange: Event<StoreState> = this.#onDidChange.event
  /** The store in use is of no use any more: whoever uses it closes it and opens it anew. */
  readonly onDidBreak: Event<void> = this.#onDidBreak.event

  /** An opening was counted in the store: the identity file is to hold the same generation. */
  readonly onDidCount: Event<number> = this.#onDidCount.event

  get state(): StoreState {
    const { trouble } = this.#health
    const repair = this.#held?.marks.repair
    return { ...(trouble && { trouble }), ...(repair && { repair }) }
  }

  /** The store, once `open` has opened it. */
  get store(): Store {
    if (this.#held === undefined) throw new Error('The store is not open')
    return this.#held.store
  }

  /**
   * Opens the store of an account. One that is damaged, or not this account's, is set aside, and a new one made of what
   * can be saved. Throws `store-newer`, `store-failed` or `in-use`.
   */
  open(account: Account): Findings {
    const vault = new Vault(account.dataKey, this.#init.random)
    const { store, isRepaired } = this.#openOrRebuild(vault)
    const watched = new WatchedStore(store, this.#health)
    const marks = new StoreMarks(watched, vault)
    const known = marks.marks
    const isBehind =
      known === undefined
        ? account.generation > 0
        : known.generation < account.generation || listVersionOf(account) < known.listVersion
    const isEmpty = known === undefined && watched.listRecords('conversation').length === 0
    const cause = isBehind && !isRepaired && marks.repair === undefined ? (isEmpty ? 'missing' : 'older') : undefined
    this.#held = { store: watched, marks, cause, uncounted: account }
    return { isBehind, listVersion: known?.listVersion ?? 0 }
  }

  /** Counts this opening for the account as it is now. A disk that refuses is tried again until it does not. */
  count(account: Account): void {
    const held = this.#held
    if (held === undefined) throw new Error('The store is not open')
    held.uncounted = account
    try {
      this.#count(held)
    } catch (error) {
      if (!(error instanceof ChatError) || error.code !== 'store-failed') throw error
    }
  }

  /** Counts the closing that follows. Answers the generation; `undefined` where the disk refused. */
  end(): number | undefined {
    const held = this.#held
    const known = held?.marks.marks
    if (held === undefined || known === undefined || held.uncounted !== undefined) return undefined
    const generation = known.generation + 1
    try {
      held.store.transaction(() => {
        held.marks.put({ ...known, generation })
      })
      return generation
    } catch {
      return undefined
    }
  }

  /** A row or a record is not as it was written: the store is to be opened anew, and made anew by that. */
  reportDamage(): void {
    if (this.#isDamaged) return
    this.distrust()
    this.#onDidBreak.fire()
  }

  /** The same, said by whoever opens the store anew by itself. */
  distrust(): void {
    this.#isDamaged = true
  }

  /** Tries now whether the disk takes something again. */
  retry(): void {
    this.#health.retry()
  }

  /** The user has read of the last repair. */
  noted(): void {
    const held = this.#held
    if (held?.marks.repair === undefined) return
    held.store.transaction(() => {
      held.marks.noteRepair()
    })
    this.#onDidChange.fire(this.state)
  }

  /** Closes the store; `open` opens it again. */
  close(): void {
    this.#held?.store.close()
    this.#held = undefined
  }

  dispose(): void {
    this.close()
    this.#parts.dispose()
    this.#onDidChange.dispose()
    this.#onDidBreak.dispose()
  }

  #openOrRebuild(vault: Vault): { store: Store; isRepaired: boolean } {
    const found = this.#openSound(vault)
    if (found.store !== undefined) return { store: found.store, isRepaired: false }
    this.#rebuild(vault, found.harm ?? 'damaged')
    const { store } = this.#openSound(vault)
    if (store === undefined) throw chatError('store-damaged', 'the new one as well')
    return { store, isRepaired: true }
  }

  /** The store, or what is wrong with it. */
  #openSound(vault: Vault): { store?: Store; harm?: RepairCause } {
    if (this.#isDamaged) return { harm: 'damaged' }
    let store: Store | undefined
    try {
      store = this.#init.stores.open()
      const harm = inspect(store, vault)
      if (harm === undefined) return { store }
      store.close()
      return { harm }
    } catch (error) {
      store?.close()
      if (!(error instanceof ChatError) || error.code !== 'store-damaged') throw error
      return { harm: 'damaged' }
    }
  }

  #rebuild(vault: Vault, cause: RepairCause): void {
    const { stores, log } = this.#init
    const at = this.#now()
    log.warn(`The store is ${cause}: it is set aside, and a new one made of what can be saved`)
    stores.rebuild(at, (store, remains, setAside) => {
      store.transaction(() => {
        const lostRooms = salvage(store, remains, vault)
        const marks = new StoreMarks(store, vault)
        // Without marks the next opening knows that something is missing, whatever happens to this process.
        marks.forget()
        marks.putRepair({ cause, at, setAside, ...(lostRooms > 0 && { lostRooms }) })
      })
    })
    this.#isDamaged = false
  }

  #probe(): void {
    const { stores } = this.#init
    if (this.#health.trouble === 'gone' && stores.isReplaced()) {
      this.#onDidBreak.fire()
      return
    }
    const held = this.#held
    if (held !== undefined) this.#count(held)
  }

  /** Writes where the store stands: this opening, if that is not done yet, and otherwise the same once more. */
  #count({ store, marks, cause, uncounted }: Held): void {
    const known = marks.marks
    const generation = Math.max(known?.generation ?? 0, uncounted?.generation ?? 0) + (uncounted === undefined ? 0 : 1)
    const listVersion = uncounted === undefined ? (known?.listVersion ?? 0) : listVersionOf(uncounted)
    store.transaction(() => {
      marks.put({ generation, listVersion })
      if (uncounted !== undefined && cause !== undefined) marks.putRepair({ cause, at: this.#now() })
    })
    if (uncounted === undefined || this.#held === undefined) return
    this.#held.uncounted = undefined
    this.#onDidCount.fire(generation)
    if (this.state.repair !== undefined) this.#onDidChange.fire(this.state)
  }

  #now(): number {
    return Math.max(0, this.#init.clock.now())
  }
}

const listVersionOf = (account: Account): number => parseDeviceList(account.deviceList)?.version ?? 0

/** Whether every record is as it was written, and by this account. */
function inspect(store: Store, vault: Vault): 'damaged' | 'foreign' | undefined {
  let sound = 0
  let harmed = 0
  for (const kind of recordKinds)
    for (const { id, sealed } of store.listRecords(kind))
      if (vault.openRecord(kind, id, sealed) === undefined) harmed++
      else sound++
  // Of a later version is what opens under no kind of this one.
  for (const { id, sealed } of store.listUnknownRecords())
    if (recordKinds.some((kind) => vault.openRecord(kind, id, sealed) !== undefined)) harmed++
  if (harmed === 0) return undefined
  return sound === 0 ? 'foreign' : 'damaged'
}
