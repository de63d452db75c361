/* Writes one byte at a time, N times. */
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  for (long left = argc > 1 ? atol(argv[1]) : 200000; left > 0; left--)
    if (write(1, left % 80 ? "x" : "\n", 1) != 1) return 1;
  return 0;
}
