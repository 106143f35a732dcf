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
# Stable addresses of server functions; they are read when the code is compiled.
export DISABLE_SERVER_FN_HASH=1
export LEPTOS_OUTPUT_NAME=smarthub
