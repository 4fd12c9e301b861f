/*
 * A disk that forgets what was not synced: preloaded into a process (LD_PRELOAD), it keeps, for each file below
 * FORGETFUL_ROOT, the bytes as they were when the file was last synced, and for each folder the names as they were when the
 * folder was last synced. What a power cut leaves is rebuilt from that (forgetful-disk.ts).
 *
 *   FORGETFUL_SHADOW/f<inode>   bytes of a file
 *   FORGETFUL_SHADOW/d<inode>   one line a name: "<inode> <name>"
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_ours(int fd) {
  char link[64], path[4096];
  const char *root = getenv("FORGETFUL_ROOT");
  if (root == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, root, strlen(root)) == 0;
}

/* Whole or not at all: the process may be killed in the middle of this. */
static void keep(char kind, ino_t inode, int (*write_to)(int out, int fd), int fd) {
  char path[4096], beside[4200];
  snprintf(path, sizeof path, "%s/%c%lu", getenv("FORGETFUL_SHADOW"), kind, (unsigned long)inode);
  snprintf(beside, sizeof beside, "%s.%d", path, gettid());
  int out = open(beside, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (out < 0) abort();
  if (write_to(out, fd) != 0) abort();
  close(out);
  if (rename(beside, path) != 0) abort();
}

static int copy_bytes(int out, int fd) {
  char link[64], bytes[65536];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int in = open(link, O_RDONLY);
  if (in < 0) return -1;
  for (ssize_t got; (got = read(in, bytes, sizeof bytes)) > 0;)
    if (write(out, bytes, (size_t)got) != got) return -1;
  return close(in);
}

static int list_names(int out, int fd) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  DIR *folder = opendir(link);
  if (folder == NULL) return -1;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
    if (entry->d_name[0] != '.') dprintf(out, "%lu %s\n", (unsigned long)entry->d_ino, entry->d_name);
  return closedir(folder);
}

static void synced(int fd) {
  struct stat facts;
  if (!is_ours(fd) || fstat(fd, &facts) != 0) return;
  if (S_ISDIR(facts.st_mode)) keep('d', facts.st_ino, list_names, fd);
  if (S_ISREG(facts.st_mode)) keep('f', facts.st_ino, copy_bytes, fd);
}

int fsync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  int result = real(fd);
  if (result == 0) synced(fd);
  return result;
}

int fdatasync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
  int result = real(fd);
  if (result == 0) synced(fd);
  return result;
}
