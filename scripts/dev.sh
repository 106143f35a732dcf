#!/usr/bin/env bash
# Serves the demo and builds again whatever changes; the browser loads the page again by itself.
#   scripts/dev.sh          at http://127.0.0.1:3000
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
. scripts/hub.sh
hub_environment "$PWD/data" "${PORT:-3000}"
unset LEPTOS_SITE_ROOT # a development build has a site of its own, with plain file names
export LEPTOS_SITE_ROOT="$HUB_BUILD/site-dev" LEPTOS_HASH_FILES=false LEPTOS_SITE_ADDR="$SMARTHUB_ADDRESS"
export LEPTOS_STYLE_FILE="$HUB_BUILD/smarthub.css"

scripts/join-css.sh "$LEPTOS_STYLE_FILE"
(
  # cargo-leptos does not watch what git ignores, so style sheets get there by another way: load the page again to see them.
  while sleep 0.5; do
    [ -z "$(find style -newer "$LEPTOS_STYLE_FILE" -name '*.*' -print -quit)" ] && continue
    scripts/join-css.sh "$LEPTOS_STYLE_FILE" && touch "$LEPTOS_STYLE_FILE" &&
      cp "$LEPTOS_STYLE_FILE" "$LEPTOS_SITE_ROOT/pkg/smarthub.css" && echo "[dev] style joined"
  done
) &
joiner=$!
trap 'kill "$joiner" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
printf '\033[1m[dev]\033[0m %s, built again on every change (Ctrl+C stops it)\n' "$HUB_URL"
cargo leptos watch -- serve --demo
