# The environment of every script and make target; to be sourced, changes nothing on disk.
# Tools that no package brings live in SMARTHUB_TOOLS and are shared by all checkouts.
SMARTHUB_CACHE="${SMARTHUB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/smarthub}"
SMARTHUB_TOOLS="$SMARTHUB_CACHE/tools"
export SMARTHUB_CACHE SMARTHUB_TOOLS

PATH="$SMARTHUB_TOOLS/bin:$SMARTHUB_TOOLS/npm/node_modules/.bin:$PATH"
[ -d "$HOME/.cargo/bin" ] && PATH="$PATH:$HOME/.cargo/bin"
# setup.sh writes which compiler it chose: rustup's, or Debian's own in /usr/bin.
if [ -f "$SMARTHUB_TOOLS/toolchain" ] && [ "$(cat "$SMARTHUB_TOOLS/toolchain")" = debian ]; then
  PATH="$SMARTHUB_TOOLS/debian-bin:$PATH"
  unset RUSTUP_TOOLCHAIN
fi
export PATH
# Stable addresses of server functions, and the name of the script. Both are read when the code is compiled:
# they must equal what cargo-leptos sets, or cargo builds all of Leptos anew for clippy and the tests.
export DISABLE_SERVER_FN_HASH=true
export LEPTOS_OUTPUT_NAME=smarthub
# To be set as RUSTFLAGS when cargo compiles for the browser: `cargo leptos --split` does.
HUB_WASM_FLAGS=-Clink-args=--emit-relocs

# Where cargo builds, as an absolute path (cargo's own variable stays as the user set it), and what it makes there.
# Not SMARTHUB_: the server takes variables of that name for settings.
HUB_BUILD="$(realpath -m "${CARGO_TARGET_DIR:-$(dirname "${BASH_SOURCE[0]}")/../target}")"
HUB_SERVER="$HUB_BUILD/release/server"
HUB_SITE="$HUB_BUILD/site"
export HUB_BUILD HUB_SERVER HUB_SITE
