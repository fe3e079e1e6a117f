import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { StoreKeeper } from '../core/ports/store.ts'
import { storeFailure } from '../shared/chatError.ts'
import { withStoreErrors } from './asStoreError.ts'
import { type Fence, mayWrite, unfenced } from './fence.ts'
import { fileNumber } from './fileNumber.ts'
import { setStoreAside } from './setStoreAside.ts'
import { openSqliteStore } from './sqliteStore.ts'
import { openStoreRemains } from './storeRemains.ts'
import { syncDirectory } from './syncDirectory.ts'

const sidecars = ['', '-wal', '-shm', '-journal'] as const

/** Keeps the store in the file `path`. Hold the profile lock of its directory, and give it as the fence. */
export function createFileStores(path: string, fence: Fence = unfenced): StoreKeeper {
  let opened: bigint | undefined
  return {
    open() {
      mayWrite(fence)
      withStoreErrors(() => finishRebuild(path))
      const store = openSqliteStore(path, fence)
      opened = fileNumber(path)
      return store
    },
    rebuild(at, fill) {
      mayWrite(fence)
      withStoreErrors(() => finishRebuild(path))
      const label = new Date(at).toISOString().replace(/[:.]/g, '-')
      const draft = draftOf(path, label)
      const store = openSqliteStore(draft)
      try {
        const remains = openStoreRemains(path)
        try {
          fill(store, remains, basename(setAsideName(path, label)))
        } finally {
          remains.dispose()
        }
      } finally {
        store.close()
      }
      withStoreErrors(() => {
        // Closing brings everything into the one file, or leaves what it could not.
        if (existsSync(`${draft}-wal`)) throw storeFailure('failing', 'the new store could not be finished')
        mayWrite(fence)
        putInPlace(path, label)
      })
    },
    erase() {
      mayWrite(fence)
      withStoreErrors(() => eraseAll(path))
    },
    isReplaced() {
      const present = fileNumber(path)
      return present !== undefined && present !== opened
    },
  }
}

/** Everything whose name begins with the store's. */
function eraseAll(path: string): void {
  const directory = dirname(path)
  if (!existsSync(directory)) return
  for (const name of readdirSync(directory))
    if (name.startsWith(basename(path))) rmSync(join(directory, name), { force: true })
  syncDirectory(directory)
}

/** A new store in the making; it takes its place by being renamed, once it is whole. */
const draftOf = (path: string, label: string): string => `${path}.rebuilt-${label}`

const setAsideName = (path: string, label: string): string => `${path}.damaged-${label}`

function putInPlace(path: string, label: string): void {
  setStoreAside(path, label)
  renameSync(draftOf(path, label), path)
  syncDirectory(dirname(path))
}

/** Goes on where the process died that was rebuilding the store. Only a whole one sets the old one aside. */
function finishRebuild(path: string): void {
  const start = `${basename(path)}.rebuilt-`
  const directory = dirname(path)
  if (!existsSync(directory)) return
  const drafts = readdirSync(directory).filter((name) => name.startsWith(start))
  const labels = drafts.map((name) => name.slice(start.length)).filter((label) => /^[0-9TZ-]+$/.test(label))
  const whole = labels.find((label) => !existsSync(path) && isFile(setAsideName(path, label)))
  if (whole !== undefined) putInPlace(path, whole)
  for (const label of labels) for (const suffix of sidecars) rmSync(`${draftOf(path, label)}${suffix}`, { force: true })
  for (const name of drafts.filter((name) => name.endsWith('.new'))) rmSync(join(directory, name), { force: true })
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true
