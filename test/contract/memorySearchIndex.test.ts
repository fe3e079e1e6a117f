import { MemorySearchIndex } from '../doubles/memorySearchIndex.ts'
import { searchIndexContract } from './searchIndexContract.ts'

searchIndexContract('MemorySearchIndex', () => new MemorySearchIndex())
