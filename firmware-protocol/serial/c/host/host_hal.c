#include <string.h>

#include "../prakat_hal.h"
#include "host.h"

#ifdef PRAKAT_WITH_SODIUM
#include <sodium.h>
#endif

host_state host;

void prakat_hal_id(uint8_t id[8]) { memcpy(id, host.id, sizeof(host.id)); }
void prakat_hal_write(const uint8_t *bytes, size_t count) { host_speak(bytes, count); }
void prakat_hal_rate(uint32_t baud) { host_tell(HOST_RATE, baud); }
void prakat_hal_restart(void) { host_tell(HOST_RESTARTED, 0); }

/* Pages are told, not what only lies over them, nor the darkness after a reset. */
void prakat_hal_shown(void) {
  prakat_pages *pages = &host.board.pages;
  const bool is_page = pages->pages > host.pages_told || (pages->shows_fallback && !host.fallback_told);
  host.pages_told = pages->pages;
  host.fallback_told = pages->shows_fallback;
  if (!is_page) return;
  if (host.faulty_byte < PRAKAT_PAGE_BYTES)
    pages->shown[host.faulty_byte] = (uint8_t)~pages->drawn[host.faulty_byte];
  host_tell(HOST_SHOWN, pages->pages);
}

void prakat_hal_brightness(uint8_t level) { (void)level; }

void prakat_hal_keep_fallback(const uint8_t *page, uint32_t crc) {
  memcpy(host.fallback, page, PRAKAT_PAGE_BYTES);
  host.fallback_crc = crc;
}

bool prakat_hal_recall_fallback(uint8_t *page) {
  if (host.fallback_crc == 0u) return false;
  memcpy(page, host.fallback, PRAKAT_PAGE_BYTES);
  return true;
}

void prakat_hal_keep_rule(uint16_t after_seconds) { host.after_seconds = after_seconds; }

void prakat_hal_kept(uint32_t *crc, uint16_t *after_seconds) {
  *crc = host.fallback_crc;
  *after_seconds = host.after_seconds;
}

void prakat_hal_relay(bool on) {
  host.relay = on;
  host_tell(HOST_RELAY, on ? 1u : 0u);
}

uint8_t prakat_hal_relay_sensed(void) {
  if (host.stuck != HOST_NOT_STUCK) return host.stuck;
  return host.relay ? PRAKAT_SENSED_ON : PRAKAT_SENSED_OFF;
}

void prakat_hal_gain(int16_t gain) { host_tell(HOST_GAIN, (uint16_t)gain); }

void prakat_hal_measure_amplifier(struct prakat_amplifier_measure *measure) {
  *measure = host.amplifier;
  if (prakat_hal_relay_sensed() != PRAKAT_SENSED_ON) measure->current = HOST_FAN_MA;
}

void prakat_hal_measure(struct prakat_measure *measure) { *measure = host.measure; }
void prakat_hal_module_faults(uint8_t *bits) { memcpy(bits, host.module_faults, HOST_MODULE_BYTES); }

bool prakat_hal_verify(const uint8_t *message, size_t count, const uint8_t signature[64]) {
#ifdef PRAKAT_WITH_SODIUM
  return crypto_sign_verify_detached(signature, message, count, host.maker_key) == 0;
#else
  (void)message;
  (void)count;
  (void)signature;
  return false;
#endif
}

uint32_t prakat_hal_running_version(void) { return host.running_version; }
void prakat_hal_image_begin(uint32_t bytes) { (void)bytes; }
void prakat_hal_image_write(uint32_t offset, const uint8_t *bytes, size_t count) {
  memcpy(host.image + offset, bytes, count);
}
void prakat_hal_image_read(uint32_t offset, uint8_t *bytes, size_t count) { memcpy(bytes, host.image + offset, count); }
void prakat_hal_image_activate(uint32_t version) {
  host.running_version = version;
  host_tell(HOST_UPDATED, version);
}

void host_lit(uint8_t *pixels) {
  for (uint16_t y = 0; y < PRAKAT_HEIGHT; y++) {
    for (uint16_t x = 0; x < PRAKAT_WIDTH; x++) {
      const uint16_t lamp = prakat_lit(&host.board, x, y);
      *pixels++ = (uint8_t)(lamp >> 8);
      *pixels++ = (uint8_t)lamp;
    }
  }
}
