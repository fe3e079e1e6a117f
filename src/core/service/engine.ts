import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { ChatInit } from '../chatInit.ts'
import { concat, idBytes, isEqual } from '../codec/bytes.ts'
import { Acquaintances } from '../contact/acquaintances.ts'
import { AddressBook } from '../contact/addressBook.ts'
import { LastAddresses } from '../contact/lastAddresses.ts'
import type { Profile } from '../contact/contacts.ts'
import { applyProfile, boundSkew, Contacts } from '../contact/contacts.ts'
import { ConversationRecords } from '../conversation/conversationRecords.ts'
import type { Conversation } from '../conversation/conversation.ts'
import { Conversations } from '../conversation/conversations.ts'
import type { IdentityKeeper } from '../identity/identityKeeper.ts'
import type { Account } from '../identity/account.ts'
import { contactAdmission } from '../invite/contactAdmission.ts'
import { JoinEnds } from '../invite/joinEnds.ts'
import { inviteFormat, joinFormat } from '../invite/inviteRecords.ts'
import { Inviter } from '../invite/inviter.ts'
import { Joiner } from '../invite/joiner.ts'
import type { Hello } from '../link/hello.ts'
import type { Link } from '../link/link.ts'
import type { Store } from '../ports/store.ts'
import { People } from '../rooms/people.ts'
import { roomAdmission } from '../rooms/roomAdmission.ts'
import { roomFormat, roomKeyFormat } from '../rooms/roomRecords.ts'
import { Rooms } from '../rooms/rooms.ts'
import { Committer } from '../store/committer.ts'
import { RecordTable } from '../store/recordTable.ts'
import { Vault } from '../store/vault.ts'
import { ReunionCalls } from '../reunion/reunionCalls.ts'
import { ReunionDoor } from '../reunion/reunionDoor.ts'
import { keepsakeFor } from '../reunion/reunionKeys.ts'
import { welcomeBack } from '../reunion/welcomeBack.ts'
import { Links } from '../sync/links.ts'
import { Session } from '../sync/session.ts'
import { AckKeeper } from './ackKeeper.ts'
import { addMissingLogs } from './addMissingLogs.ts'
import { FloodWatch } from './floodWatch.ts'
import { Drafts } from './drafts.ts'
import { Notifications } from './notifications.ts'
import { TimeKeeper } from './timeKeeper.ts'

/** A change of a contact's clock below this is not worth writing down. */
const noticeableSkewMs = 60_000

/** Everything that runs while an identity is open: the object graph of the chat. */
export class Engine implements Disposable {
  readonly committer: Committer
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly rooms: Rooms
  /** Contacts and members of rooms. */
  readonly people: People
  readonly links: Links
  readonly inviter: Inviter
  readonly joiner: Joiner
  readonly drafts: Drafts
  readonly notifications: Notifications
  readonly time: TimeKeeper
  readonly #reunionDoor: ReunionDoor
  readonly #reunionCalls: ReunionCalls
  readonly #init: ChatInit
  readonly #keeper: IdentityKeeper
  readonly #addresses: AddressBook
  readonly #lastAddresses: LastAddresses
  readonly #acks: AckKeeper
  readonly #floods: FloodWatch
  readonly #sessions = new Set<Session>()
  readonly #parts = new DisposableStore()

  constructor(init: ChatInit, store: Store, keeper: IdentityKeeper, account: Account) {
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
    let links: Links | undefined
    const isReachable = (device: DeviceId): boolean => links?.isReachable(device) ?? true
    const own = (): DeviceId => current().identity.device
    this.people = this.#parts.add(new People({ contacts: this.contacts, rooms: this.rooms, own, isReachable }))
    this.drafts = new Drafts(store, vault, committer)
    this.notifications = new Notifications(store, vault, committer)
    this.time = new TimeKeeper(new RecordTable(store, vault, TimeKeeper.format), committer, clock)
    this.#acks = new AckKeeper(this.conversations, records, committer, clock)
    this.#floods = this.#parts.add(new FloodWatch(this.conversations, clock, log))
    this.#lastAddresses = new LastAddresses(new RecordTable(store, vault, LastAddresses.format), committer)
    this.#addresses = new AddressBook(this.people, this.#lastAddresses, clock)
    const { contacts, conversations } = this
    const acquaintances = new Acquaintances(contacts, conversations, committer, clock)
    const shared = { transport, committer, account: current, clock, random, log }
    const ends = { acquaintances, contacts, conversations, rooms: this.rooms, account: current, clock }
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
      onLink: (link, hello) => {
        this.#onLink(link, hello)
      },
      onReplaced: ({ person, device }, hello) => {
        const contact = this.contacts.get(person)
        if (contact === undefined) return
        // It answered under the address of the one that it takes the place of.
        const { addressSecret } = device
        const profile = { deviceList: hello.deviceListBytes, device: { key: hello.device, addressSecret } }
        this.#attempt('A contact could not be kept', this.#onProfile(person, { name: contact.name, ...profile }))
      },
    })
    this.#reunionDoor = new ReunionDoor({
      ...shared,
      onReunion: async (hello, reunion) => {
        await welcomeBack({ keeper, acquaintances, records, committer, account: current }, hello, reunion)
      },
    })
    this.#reunionCalls = new ReunionCalls({
      ...shared,
      contacts,
      conversations,
      links: this.links,
      onBack: (person, profile) => {
        this.#attempt('A contact could not be kept', this.#onProfile(person, profile))
      },
    })
  }

  /** Goes online: from here on others can find this device. */
  async start(): Promise<void> {
    this.#parts.add(
      this.conversations.onDidEstablish(() => {
        for (const session of this.#sessions) session.refresh()
      }),
    )
    this.#parts.add(
      this.rooms.onDidChange(() => {
        for (const session of this.#sessions) session.refresh()
      }),
    )
    this.#parts.add(
      this.#keeper.onDidChange(() => {
        for (const session of this.#sessions) session.sendProfile()
      }),
    )
    this.#parts.add(
      this.#init.transport.onDidWake(() => {
        this.joiner.wake()
      }),
    )
    await this.#init.transport.start()
    if (this.#parts.isDisposed) return
    this.links.start()
    this.inviter.start()
    this.joiner.start()
    this.#reunionDoor.start()
    this.#reunionCalls.start()
    this.time.start()
  }

  /** Tries everybody and every open join now. */
  wake(): void {
    this.links.wake()
    this.joiner.wake()
    this.#reunionCalls.wake()
  }

  rest(): void {
    this.links.rest()
    this.joiner.rest()
    this.#reunionCalls.rest()
  }

  dispose(): void {
    this.#parts.dispose()
    this.#reunionCalls.dispose()
    this.#reunionDoor.dispose()
    this.joiner.dispose()
    this.inviter.dispose()
    this.links.dispose()
    this.#addresses.dispose()
    this.#acks.dispose()
    this.time.dispose()
    // What was asked for before the end is still written.
    this.committer.flush()
  }

  #onLink(link: Link, hello: Hello): void {
    const { clock, log } = this.#init
    const { person } = link.peer
    const session: Session = new Session({
      link,
      clock,
      log,
      shared: () => [...this.rooms.sharedWith(person), ...this.#directWith(person)],
      ownProfile: () => {
        const { name } = this.#account.identity
        const { deviceList, addressSecret } = this.#account
        return { type: 'profile', name, deviceList, addressSecret }
      },
      onProfile: (profile) => {
        this.#attempt('A profile could not be kept', this.#onProfile(person, profile))
      },
      ownKeepsake: () => keepsakeFor(this.#account.root, idBytes(person)),
      onKeepsake: (keepsake) => {
        const known = this.contacts.get(person)?.keepsake
        const isKnown =
          known !== undefined && isEqual(concat(known.secret, known.token), concat(keepsake.secret, keepsake.token))
        if (!isKnown) this.#attempt('A contact could not be kept', this.contacts.update(person, { keepsake }))
      },
      onFlood: () => {
        const conversation = this.conversations.with(person)
        if (conversation !== undefined) this.#floods.note(conversation, person)
      },
      onClose: () => {
        this.#sessions.delete(session)
        this.links.closed(link)
        this.#touch(person)
        this.#attempt('A contact could not be kept', this.contacts.update(person, { lastSeenAt: clock.now() }))
      },
    })
    this.#sessions.add(session)
    const { remoteAddress } = link.connection
    if (remoteAddress !== undefined) this.#lastAddresses.note(idBytes(link.peer.device), remoteAddress)
    this.#touch(person)
    const skewMs = boundSkew(hello.now - clock.now())
    this.people.noteSkew(person, skewMs, noticeableSkewMs)
    const known = this.contacts.get(person)?.skewMs ?? 0
    const isNoticeable = Math.abs(skewMs - known) > noticeableSkewMs
    const changes = { lastSeenAt: Math.max(0, clock.now()), ...(isNoticeable && { skewMs }) }
    this.#attempt('A contact could not be kept', this.contacts.update(person, changes))
  }

  #directWith(person: PersonId): readonly Conversation[] {
    const conversation = this.conversations.with(person)
    return conversation === undefined ? [] : [conversation]
  }

  /** Presence changed. */
  #touch(person: PersonId): void {
    for (const conversation of this.#directWith(person)) conversation.touch()
    for (const room of this.rooms.all) if (room.isSharedWith(person)) room.messages.touch()
  }

  async #onProfile(person: PersonId, profile: Profile): Promise<void> {
    const contact = this.contacts.get(person)
    const change = contact && applyProfile(contact, profile)
    if (change === undefined) return
    const conversation = this.conversations.with(person)
    await this.committer.run(
      () => {
        this.contacts.put(change.after)
        if (change.hasNewKeys) conversation?.writeNotice('keys-changed', person)
        for (const { key } of change.after.devices)
          if (!change.before.devices.some((device) => isEqual(device.key, key)))
            conversation?.addLog(key, change.after.person)
      },
      () => {
        this.contacts.restore(change.before.person)
      },
    )
    this.contacts.changed()
    conversation?.touch()
  }

  get #account(): Account {
    const { account } = this.#keeper
    if (account === undefined) throw new Error('The identity is locked while its engine runs')
    return account
  }

  #attempt(what: string, work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#init.log.error(what, error)
    })
  }
}
