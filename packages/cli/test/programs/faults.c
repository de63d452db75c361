/* Preloaded into one process: makes one of its calls on a folder fail, or kills the process there.
 *
 *   FAULTS_UNDER  the folder: only calls on paths in it, or on files opened there, count
 *   FAULTS_LOG    a file outside it that receives one line a counted call: NUMBER CALL RESULT SIZE PATH
 *   FAULTS_AFTER  a file: calls count once it exists
 *   FAULTS_AT     number of the call that fails; 0 or absent: none does
 *   FAULTS_KIND   errno's name, KILL (before the call) or KILLED (after it)
 *   FAULTS_STAYS  when set, every later call that can fail in this way fails too
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES 4096
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *under, *after, *kind;
static int log_fd = -1, at, stays, started, count, failing;
static char *paths[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  under = getenv("FAULTS_UNDER");
  after = getenv("FAULTS_AFTER");
  kind = getenv("FAULTS_KIND");
  at = atoi(getenv("FAULTS_AT") ? getenv("FAULTS_AT") : "0");
  stays = getenv("FAULTS_STAYS") != NULL;
  if (getenv("FAULTS_LOG"))
    log_fd = fcntl((int)syscall(SYS_open, getenv("FAULTS_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600), F_DUPFD_CLOEXEC, 900);
  /* Children of the process run undisturbed. */
  unsetenv("LD_PRELOAD");
}

static int is_inside(const char *path) {
  size_t length = under ? strlen(under) : 0;
  return length > 0 && path && !strncmp(path, under, length) && (path[length] == '/' || !path[length]);
}

static const char *path_of(int fd) { return fd >= 0 && fd < FILES ? paths[fd] : NULL; }

static int error_named(const char *name) {
  if (!strcmp(name, "EIO")) return EIO;
  if (!strcmp(name, "ENOSPC")) return ENOSPC;
  if (!strcmp(name, "EMFILE")) return EMFILE;
  if (!strcmp(name, "EDQUOT")) return EDQUOT;
  return 0;
}

/* What a full disk and a full table of files cannot refuse. */
static int can_fail(const char *call, int error) {
  if (error == EMFILE) return !strcmp(call, "open") || !strcmp(call, "create") || !strcmp(call, "scandir");
  if (error == ENOSPC || error == EDQUOT)
    return !strcmp(call, "create") || !strcmp(call, "write") || !strcmp(call, "fsync") || !strcmp(call, "mkdir") || !strcmp(call, "rename");
  return 1;
}

/* Counts a call. Returns the errno with which it fails, 0 when it is to be made; *number is 0 for calls that do not count. */
static int enter(const char *call, const char *path, int *number) {
  *number = 0;
  if (!is_inside(path)) return 0;
  pthread_mutex_lock(&lock);
  if (!started) started = !after || syscall(SYS_access, after, F_OK) == 0;
  if (started) *number = ++count;
  int error = 0;
  if (*number && at && kind) {
    if (*number == at && !strcmp(kind, "KILL")) kill(getpid(), SIGKILL);
    error = error_named(kind);
    if (*number == at) failing = 1;
    if (!failing || (*number != at && !stays) || !can_fail(call, error)) error = 0;
  }
  pthread_mutex_unlock(&lock);
  return error;
}

static void leave(const char *call, const char *path, int number, long result, long size) {
  if (!number) return;
  char line[512];
  int length = snprintf(line, sizeof line, "%d %s %ld %ld %s\n", number, call, result, size, path + strlen(under));
  if (log_fd >= 0) (void)!NEXT(write)(log_fd, line, length < (int)sizeof line ? (size_t)length : sizeof line - 1);
  if (kind && !strcmp(kind, "KILLED") && number == at) kill(getpid(), SIGKILL);
}

#define GUARDED(call, path, size, type, expression)            \
  do {                                                         \
    int place_, error_ = enter(call, path, &place_), kept_;      \
    type result_;                                               \
    if (error_) { leave(call, path, place_, -error_, size); errno = error_; return -1; } \
    result_ = (expression);                                    \
    kept_ = errno;                                             \
    leave(call, path, place_, (long)result_, size);            \
    errno = kept_;                                             \
    return result_;                                            \
  } while (0)

static int remember(int fd, const char *path) {
  if (fd >= 0 && fd < FILES) {
    free(paths[fd]);
    paths[fd] = is_inside(path) ? strdup(path) : NULL;
  }
  return fd;
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int mode = va_arg(more, int);
  va_end(more);
  GUARDED(flags & O_CREAT ? "create" : "open", path, 0, int, remember(NEXT(open64)(path, flags, mode), path));
}

int close(int fd) {
  char *path = fd >= 0 && fd < FILES ? paths[fd] : NULL;
  if (!path) return NEXT(close)(fd);
  paths[fd] = NULL;
  /* A close that reports an error has closed the file all the same. */
  int number, error = enter("close", path, &number), result = NEXT(close)(fd);
  leave("close", path, number, error ? -error : result, 0);
  free(path);
  if (!error) return result;
  errno = error;
  return -1;
}

ssize_t read(int fd, void *bytes, size_t size) { GUARDED("read", path_of(fd), (long)size, ssize_t, NEXT(read)(fd, bytes, size)); }
ssize_t pread64(int fd, void *bytes, size_t size, off64_t place) { GUARDED("read", path_of(fd), (long)size, ssize_t, NEXT(pread64)(fd, bytes, size, place)); }
ssize_t write(int fd, const void *bytes, size_t size) { GUARDED("write", path_of(fd), (long)size, ssize_t, NEXT(write)(fd, bytes, size)); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t place) { GUARDED("write", path_of(fd), (long)(place + size), ssize_t, NEXT(pwrite64)(fd, bytes, size, place)); }
int fsync(int fd) { GUARDED("fsync", path_of(fd), 0, int, NEXT(fsync)(fd)); }
int fdatasync(int fd) { GUARDED("fsync", path_of(fd), 0, int, NEXT(fdatasync)(fd)); }
int ftruncate64(int fd, off64_t size) { GUARDED("truncate", path_of(fd), (long)size, int, NEXT(ftruncate64)(fd, size)); }
int rename(const char *from, const char *to) { GUARDED("rename", to, 0, int, NEXT(rename)(from, to)); }
int mkdir(const char *path, mode_t mode) { GUARDED("mkdir", path, 0, int, NEXT(mkdir)(path, mode)); }
int rmdir(const char *path) { GUARDED("rmdir", path, 0, int, NEXT(rmdir)(path)); }
int unlink(const char *path) { GUARDED("unlink", path, 0, int, NEXT(unlink)(path)); }
int scandir64(const char *path, struct dirent64 ***names, int (*filter)(const struct dirent64 *), int (*order)(const struct dirent64 **, const struct dirent64 **)) {
  GUARDED("scandir", path, 0, int, NEXT(scandir64)(path, names, filter, order));
}

/* libuv makes these calls without the C library's wrappers. */
long syscall(long number, ...) {
  va_list more;
  va_start(more, number);
  long a = va_arg(more, long), b = va_arg(more, long), c = va_arg(more, long), d = va_arg(more, long), e = va_arg(more, long), f = va_arg(more, long);
  va_end(more);
  if (number == SYS_close) return close((int)a);
  const char *path = number == SYS_statx ? (const char *)b : NULL;
  if (path && !*path) path = path_of((int)a);
  GUARDED("stat", path, 0, long, NEXT(syscall)(number, a, b, c, d, e, f));
}
