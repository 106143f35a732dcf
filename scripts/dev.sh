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
# The program of the dashboards, which cargo-leptos does not know: built now, and whenever its sources change.
islands_sources=(app/islands app/workplace/src app/ui/src domain/src words)
build_islands() {
  RUSTFLAGS="$HUB_WASM_FLAGS" cargo build --quiet -p islands --lib --no-default-features --features hydrate \
    --target wasm32-unknown-unknown --target-dir "$HUB_BUILD/front" &&
    wasm-bindgen --target web --no-typescript --out-dir "$HUB_BUILD/islands-dev" --out-name islands \
      "$HUB_BUILD/front/wasm32-unknown-unknown/debug/islands.wasm" && mkdir -p "$LEPTOS_SITE_ROOT/pkg" &&
    cp "$HUB_BUILD/islands-dev/islands.js" "$LEPTOS_SITE_ROOT/pkg/islands.js" &&
    cp "$HUB_BUILD/islands-dev/islands_bg.wasm" "$LEPTOS_SITE_ROOT/pkg/islands.wasm" && echo "[dev] dashboards built"
}
(
  built=$(mktemp)
  build_islands || true
  while sleep 1; do
    # cargo-leptos empties the folder when it builds.
    [ -f "$LEPTOS_SITE_ROOT/pkg/islands.js" ] && [ -z "$(find "${islands_sources[@]}" -newer "$built" -type f -print -quit)" ] && continue
    touch "$built"
    build_islands || true
  done
) &
islands_builder=$!
(
  while sleep 0.3; do
    [ -z "$(find style -newer "$LEPTOS_STYLE_FILE" -type f -print -quit)" ] && continue
    scripts/join-css.sh "$LEPTOS_STYLE_FILE" && touch "$LEPTOS_STYLE_FILE" && echo "[dev] style joined" || sleep 2
    cp "$LEPTOS_STYLE_FILE" "$LEPTOS_SITE_ROOT/pkg/smarthub.css" 2>/dev/null || true
  done
) &
joiner=$!
trap 'kill "$joiner" "$islands_builder" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
printf '\033[1m[dev]\033[0m %s, built again on every change (Ctrl+C stops it)\n' "$HUB_URL"
cargo leptos watch --split --bin-features live-texts -- serve --demo
