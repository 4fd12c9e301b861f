#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

#ifdef PRAKAT_WITH_SODIUM
#include <sodium.h>
#endif

void (*host_speaks)(const uint8_t *bytes, size_t count);
void (*host_tells)(host_event event, uint32_t value);

void host_speak(const uint8_t *bytes, size_t count) {
  if (host_speaks != NULL) host_speaks(bytes, count);
}

void host_tell(host_event event, uint32_t value) {
  if (host_tells != NULL) host_tells(event, value);
}

void host_lose_power(void) {
  const prakat_update kept = host.board.update;
  const uint32_t now = host.board.now;
  prakat_board_start(&host.board, now);
  host.board.update = kept;
}

static uint32_t first_version = 1;

void host_as_new(void) {
  host.fallback_crc = 0;
  host.after_seconds = 0;
  host.running_version = first_version;
  prakat_board_start(&host.board, host.board.now);
}

static bool read_hex(const char *digits, uint8_t *bytes, size_t count) {
  if (strlen(digits) != 2u * count) return false;
  for (size_t i = 0; i < count; i++) {
    const char pair[3] = {digits[2u * i], digits[2u * i + 1u], '\0'};
    char *rest = NULL;
    bytes[i] = (uint8_t)strtoul(pair, &rest, 16);
    if (*rest != '\0') return false;
  }
  return true;
}

static int usage(void) {
  fputs("prakat-board --pty LINK [--png FILE] | --pipes | --pipes-real-time\n"
        "             [--id 16-HEX] [--key 64-HEX] [--version N]\n",
        stderr);
  return 2;
}

int main(int count, char **words) {
  const char *link = NULL;
  const char *png = NULL;
  bool is_real_time = false;
  bool is_on_pipes = false;
  static const uint8_t ID[8] = {0, 0, 0, 0, 0xc0, 0xff, 0xee, 0x01};
  static const struct prakat_measure MEASURE = {
      PRAKAT_KNOWN_TEMPERATURE | PRAKAT_KNOWN_LIGHT | PRAKAT_KNOWN_SUPPLY, 415, 800, 5020};
  static const struct prakat_amplifier_measure AMPLIFIER = {
      PRAKAT_AMP_KNOWN_LEVEL | PRAKAT_AMP_KNOWN_CURRENT | PRAKAT_AMP_KNOWN_TEMPERATURE | PRAKAT_AMP_KNOWN_SUPPLY,
      -1200, 850, 385, 24100, 0};
  memcpy(host.id, ID, sizeof(ID));
  host.stuck = HOST_NOT_STUCK;
  host.faulty_byte = HOST_NO_FAULTY_BYTE;
  host.measure = MEASURE;
  host.amplifier = AMPLIFIER;
#ifdef PRAKAT_WITH_SODIUM
  if (sodium_init() < 0) return 1;
#endif
  for (int i = 1; i < count; i++) {
    const char *value = i + 1 < count ? words[i + 1] : "";
    if (strcmp(words[i], "--pipes") == 0) is_on_pipes = true;
    else if (strcmp(words[i], "--pipes-real-time") == 0) is_on_pipes = is_real_time = true;
    else if (strcmp(words[i], "--pty") == 0) link = words[++i];
    else if (strcmp(words[i], "--png") == 0) png = words[++i];
    else if (strcmp(words[i], "--id") == 0 && read_hex(value, host.id, sizeof(host.id))) i++;
    else if (strcmp(words[i], "--key") == 0 && read_hex(value, host.maker_key, sizeof(host.maker_key))) i++;
    else if (strcmp(words[i], "--version") == 0) first_version = (uint32_t)strtoul(words[++i] == NULL ? "0" : words[i], NULL, 10);
    else return usage();
  }
  host.running_version = first_version;
  if (is_on_pipes) return host_on_pipes(is_real_time);
  return link == NULL ? usage() : host_on_pty(link, png);
}
