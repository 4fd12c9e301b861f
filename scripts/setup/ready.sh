# Makes a fresh clone ready, and says what it does. Sourced by scripts/prakat, scripts/demo and scripts/test.
# Everything it says goes to stderr: stdout belongs to the program (--json).

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
say() { printf 'prakat: %s\n' "$*" >&2; }

# Node >= 20.19 with npm, or a sentence on what to do.
need_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    say "Node.js 20.19 or newer with npm is needed (Debian 13: apt-get install nodejs npm) / ต้องติดตั้ง Node.js 20.19 ขึ้นไปพร้อม npm"
    exit 1
  fi
  if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    say "Node.js $(node --version) is too old: 20.19 or newer is needed / Node.js เก่าเกินไป ต้องใช้ 20.19 ขึ้นไป"
    exit 1
  fi
}

# Two first starts at once must not build over each other: the second waits, and finds it done.
one_at_a_time() {
  mkdir -p "$root/dist"
  (flock 9 && "$@") 9>"$root/dist/.lock"
}

# The npm packages of the lockfile, installed once per lockfile.
need_packages() { packages_are_there || one_at_a_time install_packages; }
packages_mark="$root/node_modules/.prakat-lock"
# Linked in, they belong to another checkout: `npm ci` here would empty them there.
packages_are_there() {
  [ -L "$root/node_modules" ] || { [ -f "$packages_mark" ] && cmp -s "$packages_mark" "$root/package-lock.json"; }
}
install_packages() {
  if packages_are_there; then return; fi
  say "installing npm packages from the lockfile (once) / กำลังติดตั้งแพ็กเกจ npm (ครั้งเดียว)"
  (cd "$root" && npm ci --no-audit --no-fund --loglevel=error) >&2
  cp "$root/package-lock.json" "$packages_mark"
}

# need_debian PACKAGE COMMAND-OR-FILE WHY: installs it when root on Debian; says what is lost otherwise. Returns 1 if absent.
need_debian() {
  local package=$1 probe=$2 why=$3
  if [ -e "$probe" ] || command -v "$probe" >/dev/null; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing Debian package $package: $why"
    [ -n "${apt_updated:-}" ] || { apt-get update -qq >&2 && apt_updated=1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null && return 0
  fi
  say "Debian package $package is missing ($why): apt-get install $package / ขาดแพ็กเกจ $package"
  return 1
}

# The bundles in dist/, made again when a source is newer.
need_bundles() { bundles_are_fresh || one_at_a_time make_bundles; }
bundles_are_fresh() {
  [ -f "$root/dist/.stamp" ] && [ -z "$(find "$root"/{firmware-protocol,device,server,scripts,package-lock.json} \
    -newer "$root/dist/.stamp" -type f -print -quit)" ]
}
make_bundles() {
  if bundles_are_fresh; then return; fi
  (cd "$root" && node scripts/build/bundle.mjs) >&2
}
