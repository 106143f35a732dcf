#!/usr/bin/env bash
# Format and clippy for the server and for the browser, with the same profile as `make test`.
#   scripts/check.sh
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
cargo fmt --all --check
cargo clippy --release --no-default-features --workspace --exclude frontend --exclude islands --all-targets -- -D warnings
RUSTFLAGS="$HUB_WASM_FLAGS" cargo clippy --profile wasm-release --no-default-features --features islands/hydrate -p frontend -p islands --lib --target wasm32-unknown-unknown \
  --target-dir "$HUB_BUILD/front" -- -D warnings
