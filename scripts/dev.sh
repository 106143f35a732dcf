#!/usr/bin/env bash
# Serves the demo and builds again whatever changes; the browser loads the page again by itself. A text that was changed in
# words/locales is on the next page that is loaded, without a build.
#   scripts/dev.sh              at http://127.0.0.1:3000
#   PORT=3100 scripts/dev.sh    at another port; the next one tells the browser when to load the page again
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
. scripts/hub.sh
hub_environment "$PWD/data" "${PORT:-3000}"
# A development build has a site of its own, with plain file names.
export LEPTOS_SITE_ROOT="$HUB_BUILD/site-dev" LEPTOS_HASH_FILES=false LEPTOS_SITE_ADDR="$SMARTHUB_ADDRESS"
export LEPTOS_STYLE_FILE=target/css/smarthub.css LEPTOS_RELOAD_PORT=$((${PORT:-3000} + 1))

scripts/join-css.sh "$LEPTOS_STYLE_FILE"
(
  while sleep 0.3; do
    [ -z "$(find style -newer "$LEPTOS_STYLE_FILE" -type f -print -quit)" ] && continue
    scripts/join-css.sh "$LEPTOS_STYLE_FILE" && touch "$LEPTOS_STYLE_FILE" && echo "[dev] style joined" || sleep 2
    cp "$LEPTOS_STYLE_FILE" "$LEPTOS_SITE_ROOT/pkg/smarthub.css" 2>/dev/null || true
  done
) &
joiner=$!
trap 'kill "$joiner" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
printf '\033[1m[dev]\033[0m %s, built again on every change (Ctrl+C stops it)\n' "$HUB_URL"
cargo leptos watch --split --bin-features live-texts -- serve --demo
