#!/usr/bin/env bash
# Installs what is missing to build, run and test SmartHub on Debian 12 or newer.
#   setup.sh run     what `make run` needs: compiler with wasm32, cargo-leptos, wasm-opt
#   setup.sh test    that, and PostgreSQL, Chromium, Playwright
#   setup.sh bench   that, and wrk and Lighthouse
# Can be repeated: what is there is left alone. Says what it does.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
what="${1:-run}"
mkdir -p "$SMARTHUB_TOOLS/bin"

say() { printf '\033[1m[setup]\033[0m %s\n' "$*"; }
die() { printf '[setup] %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
root() { if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo; then sudo "$@"; else die "needs root or sudo for: $*"; fi; }

apt_is_updated=no
update_packages() {
  [ "$apt_is_updated" = no ] || return 0
  say "apt-get update"
  root apt-get update -qq
  apt_is_updated=yes
}
# Whether it can be installed. Of what it only knows the name, `apt-cache show` succeeds as well. No pipe into `grep -q`: that stops
# reading at its find, and with pipefail whoever still writes then makes it a failure.
is_offered() { [[ "$(apt-cache policy "$1" 2>/dev/null)" =~ Candidate:\ [0-9] ]]; }
install_packages() { # installs those Debian packages that are missing
  local missing=() package
  for package in "$@"; do
    [[ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" == *'ok installed' ]] || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  update_packages
  say "apt-get install ${missing[*]}"
  root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# --- nothing to do? -------------------------------------------------------------------------
# A stamp tells what an earlier run left: it holds as long as this script, the locked versions, the compiler and
# the tools are the same. A glance (0.1 s) instead of asking every tool and package for its version (2 s).
locked_version() { sed -nE "/^name = \"$1\"\$/{n;s/^version = \"(.*)\"\$/\1/p}" Cargo.lock | head -1; }
state() { # what there is, in lines; fails when something is missing
  sha256sum scripts/setup.sh && locked_version wasm-bindgen && cat "$SMARTHUB_TOOLS/toolchain" && rustc --version &&
    ls -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" &&
    stat -L -c '%n %s %Y' "$SMARTHUB_TOOLS/bin/cargo-leptos" "$SMARTHUB_TOOLS/bin/wasm-bindgen" \
      "$SMARTHUB_TOOLS/npm/node_modules/binaryen/package.json" &&
    type -P cargo cc pkg-config git curl lld brotli python3 node npm &&
    { [ "$what" = run ] || state_of_tests; } && { [ "$what" != bench ] || state_of_benchmarks; }
}
state_of_tests() {
  cmp end2end/package-lock.json end2end/node_modules/.installed && type -P chromium && ls /usr/lib/postgresql/*/bin/initdb
}
state_of_benchmarks() {
  type -P wrk && stat -c '%n %s %Y' "$SMARTHUB_TOOLS/npm/node_modules/lighthouse/package.json"
}
stamp="$SMARTHUB_TOOLS/stamp-$what"
if now=$(state 2>/dev/null) && [ "$now" = "$(cat "$stamp" 2>/dev/null)" ]; then exit 0; fi

# At most one set-up at a time: they would build the same tools twice.
exec 9>"$SMARTHUB_TOOLS/lock"
flock 9

# --- compiler -------------------------------------------------------------------------------
oldest_rust=94 # SeaORM 2 needs Rust 1.94
is_new_enough() { # is_new_enough RUSTC [MINOR]
  local minor
  minor=$("$1" --version 2>/dev/null | sed -nE 's/^rustc 1\.([0-9]+).*/\1/p')
  [ -n "$minor" ] && [ "$minor" -ge "${2:-$oldest_rust}" ]
}
compiles_wasm() { # compiles_wasm RUSTC
  local work result=0
  work=$(mktemp -d)
  echo 'pub fn one() -> u32 { 1 }' >"$work/probe.rs"
  "$1" --crate-type cdylib --target wasm32-unknown-unknown -o "$work/probe.wasm" "$work/probe.rs" 2>/dev/null || result=1
  rm -rf "$work"
  return $result
}
debian_compiler() {
  say "no wasm32 target from rustup here: taking Debian's own compiler"
  update_packages
  is_offered rust-web-llvm || die "Debian's newer compiler (rustc-web) is in the security suite of your release, which every Debian has but this one: add it to apt's sources and try again"
  install_packages rustc-web cargo-web rust-web-src rust-web-llvm rustfmt-web rust-web-clippy
  # rust-lld is a link to the linker of LLVM's own version, which Debian only recommends.
  [ -x /usr/bin/rust-lld ] || install_packages "$(basename "$(readlink /usr/bin/rust-lld)")"
  is_new_enough /usr/bin/rustc || die "Debian's $(/usr/bin/rustc --version) is older than 1.$oldest_rust; install a newer Rust with rustup and try again"
  if ! compiles_wasm /usr/bin/rustc; then
    say "building the wasm32 standard library, once (about 2 minutes)"
    local work lib=/usr/lib/rustlib/wasm32-unknown-unknown/lib
    work=$(mktemp -d) # an empty target: two copies of one crate would break every later build
    cp -r /usr/lib/rustlib/src/rust/library "$work/library"
    (cd "$work/library/sysroot" && RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
      RUSTFLAGS='-Zforce-unstable-if-unmarked -Cembed-bitcode=yes' \
      /usr/bin/cargo build --quiet --release --target wasm32-unknown-unknown)
    root mkdir -p "$lib"
    root rm -f "$lib"/*.rlib
    root cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$lib/"
    rm -rf "$work"
    compiles_wasm /usr/bin/rustc || die "Debian's compiler still makes no wasm"
  fi
  # These come before rustup's proxies in PATH.
  mkdir -p "$SMARTHUB_TOOLS/debian-bin"
  local tool
  for tool in rustc cargo rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
    [ -x /usr/bin/$tool ] && ln -sf /usr/bin/$tool "$SMARTHUB_TOOLS/debian-bin/$tool"
  done
  echo debian >"$SMARTHUB_TOOLS/toolchain"
}
install_compiler() {
  case "$(cat "$SMARTHUB_TOOLS/toolchain" 2>/dev/null)" in
    debian) compiles_wasm /usr/bin/rustc && return ;;
    rustup) compiles_wasm rustc && return ;;
  esac
  # Debian 13 has rustup as a package; Debian 12 only knows the name.
  if ! has rustup && is_offered rustup; then install_packages rustup; fi
  if has rustup; then
    say "rustup: looking for the wasm32 target"
    rustup show active-toolchain >/dev/null 2>&1 || timeout 600 rustup default stable >/dev/null 2>&1 || true
    timeout 300 rustup target add wasm32-unknown-unknown >/dev/null 2>&1 || true
    timeout 300 rustup component add clippy rustfmt >/dev/null 2>&1 || true
  fi
  if has rustc && is_new_enough rustc && compiles_wasm rustc; then
    echo rustup >"$SMARTHUB_TOOLS/toolchain"
  else
    debian_compiler
  fi
  . scripts/env.sh
}

# --- tools built with cargo -----------------------------------------------------------------
install_wasm_bindgen() {
  local version
  version=$(locked_version wasm-bindgen) # must equal the library's exactly
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ] && return
  say "building wasm-bindgen $version (about 4 minutes)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR="$SMARTHUB_TOOLS/build" \
    cargo install wasm-bindgen-cli --version "$version" --root "$SMARTHUB_TOOLS" --force --quiet
}
install_cargo_leptos() {
  local version=0.3.11
  [ "$(cargo-leptos --version 2>/dev/null)" = "cargo-leptos $version" ] && return
  say "building cargo-leptos $version (about 9 minutes)"
  local bin=""
  if ! is_new_enough rustc 96; then # this tool needs a newer Rust than the hub does
    install_packages rustc-web cargo-web
    bin=/usr/bin:
  fi
  # Its release profile costs 50 minutes of CPU; a debug build serves as well.
  PATH="$bin$PATH" CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$SMARTHUB_TOOLS/build" \
    cargo install cargo-leptos --version "$version" --locked --no-default-features --features no_downloads \
    --debug --root "$SMARTHUB_TOOLS" --force --quiet
}

# --- tools from npm -------------------------------------------------------------------------
npm_tool() { # npm_tool PACKAGE VERSION: one folder for all of them
  local folder="$SMARTHUB_TOOLS/npm"
  [ "$(sed -nE 's/^ *"version": "(.*)".*/\1/p' "$folder/node_modules/$1/package.json" 2>/dev/null | head -1)" = "$2" ] && return
  say "npm install $1@$2"
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-audit --no-fund --silent "$1@$2"
}

install_packages build-essential pkg-config ca-certificates git curl lld brotli python3
has node && has npm || install_packages nodejs npm
install_compiler
npm_tool binaryen 132.0.0
install_wasm_bindgen
install_cargo_leptos
rm -rf "$SMARTHUB_TOOLS/build"

if [ "$what" = test ] || [ "$what" = bench ]; then
  install_packages chromium fonts-liberation
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || install_packages postgresql
  (cd end2end && {
    cmp -s package-lock.json node_modules/.installed || {
      say "npm ci in end2end (without Playwright's own browser)"
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --silent
      cp package-lock.json node_modules/.installed
    }
  })
fi
if [ "$what" = bench ]; then
  install_packages wrk procps
  npm_tool lighthouse 12.8.2
  npm_tool minisearch 7.2.0
  npm_tool @orama/orama 3.1.18
fi
if now=$(state 2>/dev/null); then echo "$now" >"$stamp"; fi
say "ready"
