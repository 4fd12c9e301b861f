#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "host.h"

#define TICK_MS 1
#define PNG_SCALE 4u

static int pty = -1;
static const char *png_path;
static bool is_new_page;
static volatile sig_atomic_t is_ended;

static void on_signal(int signal_number) {
  (void)signal_number;
  is_ended = 1;
}

static void speak_on_pty(const uint8_t *bytes, size_t count) {
  while (count > 0u) {
    const ssize_t gone = write(pty, bytes, count);
    if (gone < 0 && errno != EAGAIN && errno != EINTR) return;
    if (gone <= 0) continue;
    bytes += gone;
    count -= (size_t)gone;
  }
}

/* One line for people and programs: what happened. */
static void tell_on_stdout(host_event event, uint32_t value) {
  static const char *const NAMES[] = {"", "shown", "relay", "rate", "updated", "restarted", "gain"};
  if (event == HOST_SHOWN) is_new_page = true;
  printf("%s %lu\n", NAMES[event], (unsigned long)value);
  (void)fflush(stdout);
}

static uint32_t real_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)((uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u);
}

static bool open_pty(const char *link) {
  struct termios raw;
  pty = posix_openpt(O_RDWR | O_NOCTTY);
  if (pty < 0 || grantpt(pty) != 0 || unlockpt(pty) != 0) return false;
  const char *name = ptsname(pty);
  if (name == NULL) return false;
  /* Held open, so that a host that closes and opens again does not hang up the pty. */
  const int keeper = open(name, O_RDWR | O_NOCTTY);
  if (keeper < 0 || tcgetattr(keeper, &raw) != 0) return false;
  cfmakeraw(&raw);
  if (tcsetattr(keeper, TCSANOW, &raw) != 0) return false;
  (void)unlink(link);
  return symlink(name, link) == 0;
}

int host_on_pty(const char *link, const char *png) {
  struct sigaction ends = {0};
  uint8_t bytes[4096];
  if (!open_pty(link)) {
    perror(link);
    return 1;
  }
  ends.sa_handler = on_signal;
  (void)sigaction(SIGINT, &ends, NULL);
  (void)sigaction(SIGTERM, &ends, NULL);
  png_path = png;
  host_speaks = speak_on_pty;
  host_tells = tell_on_stdout;
  printf("board on %s\n", link);
  prakat_board_start(&host.board, real_ms());
  while (is_ended == 0) {
    struct pollfd line = {pty, POLLIN, 0};
    const int ready = poll(&line, 1, TICK_MS);
    prakat_board_tick(&host.board, real_ms());
    if (ready > 0) {
      const ssize_t got = read(pty, bytes, sizeof(bytes));
      if (got > 0) prakat_board_push(&host.board, bytes, (size_t)got);
    }
    if (is_new_page && png_path != NULL && !host_write_png(png_path, PNG_SCALE)) perror(png_path);
    is_new_page = false;
  }
  (void)unlink(link);
  return 0;
}
