import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { ChatInit } from '../chatInit.ts'
import { Acquaintances } from '../contact/acquaintances.ts'
import { AddressTurnover } from '../contact/addressTurnover.ts'
import { AddressBook } from '../contact/addressBook.ts'
import type { ContactRequests } from '../contact/contactRequests.ts'
import type { Introductions } from '../contact/introductions.ts'
import { RequestBook } from '../contact/requestBook.ts'
import { requestFormat } from '../contact/requestRecords.ts'
import { LastAddresses } from '../contact/lastAddresses.ts'
import { Blocking } from '../contact/blocking.ts'
import { Contacts } from '../contact/contacts.ts'
import { ConversationRecords } from '../conversation/conversationRecords.ts'
import { Conversations } from '../conversation/conversations.ts'
import { Fading } from '../fleeting/fading.ts'
import type { IdentityKeeper } from '../identity/identityKeeper.ts'
import type { Account } from '../identity/account.ts'
import { createFileParts } from '../files/fileParts.ts'
import type { FileSending } from '../files/fileSending.ts'
import type { Files } from '../files/files.ts'
import { contactAdmission } from '../invite/contactAdmission.ts'
import { JoinEnds } from '../invite/joinEnds.ts'
import { inviteFormat, joinFormat } from '../invite/inviteRecords.ts'
import { Inviter } from '../invite/inviter.ts'
import { Joiner } from '../invite/joiner.ts'
import type { Store } from '../ports/store.ts'
import { fileOldMentions } from '../relation/oldMentions.ts'
import type { Offers } from '../rooms/offers.ts'
import { People } from '../rooms/people.ts'
import { roomAdmission } from '../rooms/roomAdmission.ts'
import { roomFormat, roomKeyFormat } from '../rooms/roomRecords.ts'
import { Presence } from '../rooms/presence.ts'
import { Rooms } from '../rooms/rooms.ts'
import { Committer } from '../store/committer.ts'
import { RecordTable } from '../store/recordTable.ts'
import { Vault } from '../store/vault.ts'
import { Reunions } from '../reunion/reunions.ts'
import type { Comparisons } from '../safety/comparisons.ts'
import { MessageSearch } from '../search/search.ts'
import { PrivacySettings } from '../signals/privacySettings.ts'
import { ReadMarkers } from '../signals/readMarkers.ts'
import { Signals } from '../signals/signals.ts'
import { Links } from '../sync/links.ts'
import { AckKeeper } from './ackKeeper.ts'
import { addMissingLogs } from './addMissingLogs.ts'
import { FloodWatch } from './floodWatch.ts'
import { connectEngine } from './connectEngine.ts'
import { createCorrespondence } from './correspondence.ts'
import { Drafts } from './drafts.ts'
import { PatchTrials } from './patchTrials.ts'
import { Notifications } from './notifications.ts'
import { createComparisons } from './createComparisons.ts'
import { Removal } from './removal.ts'
import { SendOnce } from './sendOnce.ts'
import { searchNames } from './searchNames.ts'
import { Sessions } from './sessions.ts'
import { keptLogs, StoreCheck } from './storeCheck.ts'
import { TimeKeeper } from './timeKeeper.ts'

/** Everything that runs while an identity is open: the object graph of the chat. */
export class Engine implements Disposable {
  readonly committer: Committer
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly rooms: Rooms
  /** Contacts and members of rooms. */
  readonly people: People
  readonly links: Links
  readonly sessions: Sessions
  readonly offers: Offers
  readonly requestBook: RequestBook
  readonly requests: ContactRequests
  readonly introductions: Introductions
  readonly comparisons: Comparisons
  readonly blocking: Blocking
  readonly removal: Removal
  readonly inviter: Inviter
  readonly joiner: Joiner
  readonly drafts: Drafts
  readonly trials: PatchTrials
  readonly notifications: Notifications
  readonly privacy: PrivacySettings
  /** Who is writing, and how far others have read. */
  readonly signals: Signals
  /** Who of a room is there. */
  readonly presence: Presence
  readonly sendOnce: SendOnce
  /** What is here of files, and what comes. */
  readonly files: Files
  /** How files come in that are sent. */
  readonly sending: FileSending
  readonly time: TimeKeeper
  readonly search: MessageSearch
  readonly #check: StoreCheck
  readonly #reunions: Reunions
  readonly #init: ChatInit
  readonly #keeper: IdentityKeeper
  readonly #addresses: AddressBook
  readonly #lastAddresses: LastAddresses
  readonly #turnover: AddressTurnover
  readonly #acks: AckKeeper
  readonly #floods: FloodWatch
  readonly #parts = new DisposableStore()

  constructor(init: ChatInit, store: Store, keeper: IdentityKeeper, account: Account, onDamage: () => void) {
    const { transport, clock, random, log } = init
    this.#init = init
    this.#keeper = keeper
    const vault = new Vault(account.dataKey, random)
    const records = new ConversationRecords(store, vault)
    const committer = new Committer(store, clock, log)
    const deviceSecretKey = account.device.secretKey
    const current = (): Account => keeper.account ?? account
    this.committer = committer
    this.contacts = new Contacts(store, vault, committer)
    const context = { store, vault, committer, records, clock, random, deviceSecretKey }
    const loaded = records.load()
    this.conversations = new Conversations(context, account, loaded)
    addMissingLogs(this.contacts, this.conversations, store)
    const rooms = new RecordTable(store, vault, roomFormat)
    const keys = new RecordTable(store, vault, roomKeyFormat)
    this.rooms = new Rooms({ ...context, rooms, keys, account: current, log }, this.conversations, loaded)
    fileOldMentions(store, vault, this.conversations.all)
    let links: Links | undefined
    const isReachable = (device: DeviceId): boolean => links?.isReachable(device) ?? true
    const own = (): DeviceId => current().identity.device
    this.requestBook = new RequestBook(new RecordTable(store, vault, requestFormat), committer)
    const book = this.requestBook
    this.people = this.#parts.add(
      new People({ contacts: this.contacts, rooms: this.rooms, book, own, isReachable, clock }),
    )
    this.drafts = new Drafts(store, vault, committer)
    this.trials = new PatchTrials(new RecordTable(store, vault, PatchTrials.format), committer)
    this.notifications = new Notifications(store, vault, committer)
    this.privacy = new PrivacySettings(new RecordTable(store, vault, PrivacySettings.format), committer)
    const { privacy } = this
    const markers = new ReadMarkers(new RecordTable(store, vault, ReadMarkers.format), committer, clock)
    this.signals = this.#parts.add(
      new Signals({
        ...{ conversations: this.conversations, clock, privacy, markers },
        send: (conversation, signal) => {
          this.sessions.signal(conversation, signal)
        },
      }),
    )
    this.presence = this.#parts.add(
      new Presence({
        rooms: this.rooms,
        clock,
        isLinked: (person) => this.links.of(person) !== undefined,
        send: (conversation, around) => {
          this.sessions.signal(conversation, around)
        },
      }),
    )
    this.sendOnce = new SendOnce(store, vault)
    const { sendOnce } = this
    const { files, sending } = createFileParts({ ...init, ...context, conversations: this.conversations, sendOnce })
    this.files = this.#parts.add(files)
    this.sending = this.#parts.add(sending)
    this.time = new TimeKeeper(new RecordTable(store, vault, TimeKeeper.format), committer, clock)
    this.#acks = new AckKeeper(this.conversations, records, committer, clock)
    this.#floods = this.#parts.add(new FloodWatch(this.conversations, clock, log))
    this.#lastAddresses = new LastAddresses(new RecordTable(store, vault, LastAddresses.format), committer)
    this.#addresses = new AddressBook(this.people, this.#lastAddresses, clock)
    const { contacts, conversations } = this
    const acquaintances = new Acquaintances(contacts, conversations, committer, clock)
    const shared = { transport, committer, account: current, clock, random, log }
    const turnover = new AddressTurnover({
      ...{ contacts, committer, clock, random, account: current },
      table: new RecordTable(store, vault, AddressTurnover.format),
      renew: (addressSecret) => keeper.change({ addressSecret }),
    })
    this.#turnover = turnover
    this.blocking = new Blocking(contacts, committer, turnover)
    const isLinked = (person: PersonId): boolean => links?.of(person) !== undefined
    const ends = { acquaintances, contacts, conversations, rooms: this.rooms, account: current, clock, isLinked }
    this.inviter = new Inviter({
      ...shared,
      contactAdmission: contactAdmission(ends),
      roomAdmission: roomAdmission(ends),
      table: new RecordTable(store, vault, inviteFormat),
    })
    this.joiner = new Joiner({
      ...shared,
      ends: new JoinEnds(ends),
      table: new RecordTable(store, vault, joinFormat),
      isOwnInvite: (publicKey) => this.inviter.isOwn(publicKey),
    })
    this.links = links = new Links({
      ...shared,
      contacts,
      people: this.people,
      addresses: this.#addresses,
      turnover,
      onLink: (link, hello) => {
        this.sessions.open(link, hello)
      },
      onReplaced: ({ person, device }, hello) => {
        const contact = this.contacts.get(person)
        if (contact === undefined) {
          this.people.replace(device.key, hello.device)
          return
        }
        // It answered under the address of the one that it takes the place of.
        const { addressSecret } = device
        const profile = { deviceList: hello.deviceListBytes, device: { key: hello.device, addressSecret } }
        this.sessions.takeProfile(person, { name: contact.name, ...profile })
      },
    })
    const box = { linksTo: (person: PersonId) => this.links.all.filter(({ peer }) => peer.person === person) }
    const parts = { contacts, conversations, rooms: this.rooms, people: this.people, acquaintances, book, box }
    const { offers, requests, introductions, letters } = createCorrespondence({ ...shared, store, vault, ...parts })
    this.removal = new Removal({ ...parts, ...{ committer, turnover, links: this.links, drafts: this.drafts } })
    this.offers = offers
    this.requests = requests
    this.introductions = introductions
    this.comparisons = this.#parts.add(createComparisons(this, shared))
    this.sessions = new Sessions({
      ...shared,
      ...{ store, contacts, conversations, letters, privacy, turnover, comparisons: this.comparisons },
      rooms: this.rooms,
      people: this.people,
      links: this.links,
      floods: this.#floods,
      signals: this.signals,
      presence: this.presence,
      files: this.files,
      lastAddresses: this.#lastAddresses,
    })
    const names = searchNames(this, () => current().identity)
    this.search = this.#parts.add(new MessageSearch(conversations, init.createSearchIndex, clock, names))
    this.#parts.add(new Fading({ conversations, book: records.fleeting, clock, log, drafts: this.drafts }))
    this.#check = new StoreCheck({
      store,
      vault,
      kept: () => keptLogs(conversations, this.rooms),
      clock,
      log,
      onDamage,
    })
    this.#reunions = new Reunions({
      ...shared,
      ...{ keeper, acquaintances, records, contacts, conversations, links: this.links },
      onBack: (person, profile) => {
        this.sessions.takeProfile(person, profile)
      },
    })
  }

  /** Goes online: from here on others can find this device. What is made and followed of invites is told of before. */
  async start(): Promise<void> {
    this.#parts.add(connectEngine(this, this.#keeper, this.#init.transport))
    for (const invites of [this.inviter, this.joiner]) invites.start()
    await this.#init.transport.start()
    if (this.#parts.isDisposed) return
    this.rooms.start()
    this.presence.start()
    const failed = (what: string) => (error: unknown) => {
      this.#init.log.error(what, error)
    }
    this.#turnover.finish().catch(failed('The address could not be changed'))
    this.removal.finish().catch(failed('What was deleted could not be removed'))
    this.links.start()
    this.joiner.wake()
    this.#reunions.start()
    this.#check.start()
    this.files.start()
    this.time.start()
  }

  /** Tries everybody and every open join now. */
  wake(): void {
    this.links.wake()
    this.joiner.wake()
    this.#reunions.wake()
  }

  rest(): void {
    this.links.rest()
    this.joiner.rest()
    this.#reunions.rest()
  }

  dispose(): void {
    this.#parts.dispose()
    this.#check.dispose()
    this.#reunions.dispose()
    this.joiner.dispose()
    this.inviter.dispose()
    this.links.dispose()
    this.#addresses.dispose()
    this.#acks.dispose()
    this.time.dispose()
    // What was asked for before the end is still written.
    this.committer.flush()
  }
}
