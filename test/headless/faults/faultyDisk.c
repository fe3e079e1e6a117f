/* Makes a disk fail for one process, as a file that it watches says: preloaded in front of the C library, so that the
 * process under test is the one that ships. The first word of the file is the fault; without a file there is none.
 *
 * Or ends the process at one of the changes that it makes to what is kept, as by kill -9: at the one that a number in its
 * environment says, before it is made or, with a "t" behind the number, in the middle of it.
 *
 * Or keeps beside each file what a power cut would leave of it: as it was when it was flushed last. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int is(const char *fault) {
  const char *path = getenv("TINCAN_TEST_FAULT");
  char word[16] = {0};
  if (path == NULL) return 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, word, sizeof word - 1);
  close(file);
  return length > 0 && strncmp(word, fault, strlen(fault)) == 0;
}

/* Only what is kept: pipes, sockets and the rest go on. */
static int isKept(int file) {
  struct stat about;
  return fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

static int changes;

/* Whether the change that comes now is the one to die at. */
static int isLast(void) {
  const char *at = getenv("TINCAN_TEST_DIES_AT");
  return at != NULL && __atomic_add_fetch(&changes, 1, __ATOMIC_SEQ_CST) == atoi(at);
}

static int isTorn(void) {
  const char *at = getenv("TINCAN_TEST_DIES_AT");
  return at != NULL && strchr(at, 't') != NULL;
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static const char *flushed = ".flushed";

/* Keeps a file as it is now: whole, or as it was kept before. */
static void keep(int file) {
  char link[64], path[4096], draft[4200], kept[4200], bytes[65536];
  if (getenv("TINCAN_TEST_KEEP_FLUSHED") == NULL) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = 0;
  snprintf(draft, sizeof draft, "%s.flushing", path);
  snprintf(kept, sizeof kept, "%s%s", path, flushed);
  int from = open(path, O_RDONLY | O_CLOEXEC), to = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  for (off_t at = 0; (length = pread(from, bytes, sizeof bytes, at)) > 0; at += length)
    if (syscall(SYS_pwrite64, to, bytes, (size_t)length, at) != length) abort();
  close(from);
  close(to);
  syscall(SYS_rename, draft, kept);
}

/* What was kept of a file goes where the file goes, or with it. */
static void keepAlong(const char *from, const char *to) {
  char before[4200], after[4200];
  if (getenv("TINCAN_TEST_KEEP_FLUSHED") == NULL) return;
  snprintf(before, sizeof before, "%s%s", from, flushed);
  if (to != NULL) snprintf(after, sizeof after, "%s%s", to, flushed);
  if (to == NULL || syscall(SYS_rename, before, after) != 0) syscall(SYS_unlink, to == NULL ? before : after);
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
  REAL(pwrite64);
  if (isKept(file)) {
    if (isLast()) {
      if (isTorn()) real(file, bytes, length / 2, offset);
      die();
    }
    if (is("eio")) return errno = EIO, -1;
    if (is("enospc")) return errno = ENOSPC, -1;
    if (is("short")) return real(file, bytes, length / 2, offset);
  }
  return real(file, bytes, length, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
  return pwrite64(file, bytes, length, offset);
}

/* What is kept goes one piece at a time: a disk may take less than it is given. */
ssize_t pwritev64(int file, const struct iovec *pieces, int count, off64_t offset) {
  REAL(pwritev64);
  if (count > 0 && isKept(file)) return pwrite64(file, pieces[0].iov_base, pieces[0].iov_len, offset);
  return real(file, pieces, count, offset);
}

ssize_t pwritev(int file, const struct iovec *pieces, int count, off_t offset) {
  return pwritev64(file, pieces, count, offset);
}

ssize_t write(int file, const void *bytes, size_t length) {
  REAL(write);
  if (isKept(file)) {
    if (isLast()) {
      if (isTorn()) real(file, bytes, length / 2);
      die();
    }
    if (is("eio")) return errno = EIO, -1;
    if (is("enospc")) return errno = ENOSPC, -1;
  }
  return real(file, bytes, length);
}

static int flush(int file, int (*real)(int)) {
  if (!isKept(file)) return real(file);
  if (isLast()) die();
  if (is("fsync")) return errno = EIO, -1;
  int result = real(file);
  if (result == 0) keep(file);
  return result;
}

int fsync(int file) {
  REAL(fsync);
  return flush(file, real);
}

int fdatasync(int file) {
  REAL(fdatasync);
  return flush(file, real);
}

int ftruncate64(int file, off64_t length) {
  REAL(ftruncate64);
  if (isKept(file) && isLast()) die();
  return real(file, length);
}

int ftruncate(int file, off_t length) {
  return ftruncate64(file, length);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  if (isLast()) die();
  int result = real(from, to);
  if (result == 0) keepAlong(from, to);
  return result;
}

int unlink(const char *path) {
  REAL(unlink);
  if (isLast()) die();
  int result = real(path);
  if (result == 0) keepAlong(path, NULL);
  return result;
}
