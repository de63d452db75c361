/* The yardstick: reads a program's terminal in a loop, does nothing with the bytes, and says what that took. */
#include <pty.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char buffer[65536];

static double monotonic_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static double milliseconds(struct timeval time) { return time.tv_sec * 1e3 + time.tv_usec / 1e3; }

static double cpu_ms(int whose) {
  struct rusage usage;
  getrusage(whose, &usage);
  return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  struct winsize size = {.ws_row = 24, .ws_col = 80};
  double start = monotonic_ms();
  int master;
  pid_t pid = forkpty(&master, NULL, NULL, &size);
  if (pid < 0) return 3;
  if (pid == 0) {
    execvp(argv[1], argv + 1);
    _exit(127);
  }
  long bytes = 0, chunks = 0;
  ssize_t length;
  while ((length = read(master, buffer, sizeof buffer)) > 0) {
    bytes += length;
    chunks++;
  }
  waitpid(pid, NULL, 0);
  double cpu = cpu_ms(RUSAGE_SELF);
  printf("{\"bytes\":%ld,\"chunks\":%ld,\"wallMs\":%.1f,\"cpuMs\":%.1f,\"withProgramMs\":%.1f}\n", bytes, chunks,
         monotonic_ms() - start, cpu, cpu + cpu_ms(RUSAGE_CHILDREN));
  return 0;
}
