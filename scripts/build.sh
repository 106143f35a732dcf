#!/usr/bin/env bash
# Builds what ships: the server, and the site (script, wasm, style, fonts) with a .br and .gz beside every file.
# Does nothing when the sources, the compiler and the result are those of the last build.
#   scripts/build.sh [--force]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

say() { printf '\033[1m[build]\033[0m %s\n' "$*"; }
stamp="$HUB_BUILD/smarthub.stamp"

sources() { # a hash of everything that goes into the build
  {
    pwd
    rustc --version
    stat -L -c '%s %Y' "$SMARTHUB_TOOLS/bin/cargo-leptos" "$SMARTHUB_TOOLS/bin/wasm-bindgen"
    find Cargo.toml Cargo.lock domain search store words hub app frontend server style public demo scripts/build.sh scripts/join-css.sh scripts/strip_wasm.py \
      -type f ! -path '*/tests/*' -print0 | sort -z | xargs -0 sha256sum
  } | sha256sum
}
result() { # tells the files of this build from those of another
  stat -c '%s %Y' "$HUB_SERVER" && cat "$HUB_BUILD/release/hash.txt" && ls "$HUB_SITE/pkg"
}

# Program and scripts name each other, and cargo-leptos names each by what was in it before it wrote those names. A
# browser keeps a name for good, so all get one name, by all that is in them; it is as long as what it replaces in the wasm.
name_program() {
  local pkg="$HUB_SITE/pkg" all file name hash ending
  all=$(cat "$pkg"/*.js "$pkg"/*.wasm | sha256sum | cut -c 1-22)
  for file in "$pkg"/smarthub.*.wasm "$pkg"/smarthub.*.js "$pkg"/__wasm_split.*.js; do
    IFS=. read -r name hash ending <<<"$(basename "$file")"
    LC_ALL=C sed -i "s/$name\.$hash\.$ending/$name.$all.$ending/g" "$pkg"/*.js "$pkg"/smarthub.*.wasm
    sed -i "s/: $hash\$/: $all/" "$HUB_BUILD/release/hash.txt"
    mv "$file" "$pkg/$name.$all.$ending"
  done
}

# The program of the dashboards is one of its own, so that no visitor of a public page carries any of it.
build_islands() {
  local pkg="$HUB_SITE/pkg" folder="$HUB_BUILD/front/wasm32-unknown-unknown/wasm-release" hash
  say "the program of the dashboards"
  RUSTFLAGS="$HUB_WASM_FLAGS" cargo build --quiet -p islands --lib --no-default-features --features hydrate \
    --target wasm32-unknown-unknown --profile wasm-release --target-dir "$HUB_BUILD/front"
  wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section \
    --out-dir "$HUB_BUILD/islands" --out-name islands "$folder/islands.wasm"
  hash=$(cat "$HUB_BUILD"/islands/islands.js "$HUB_BUILD"/islands/islands_bg.wasm | sha256sum | cut -c 1-22)
  rm -f "$pkg"/islands.*
  cp "$HUB_BUILD/islands/islands.js" "$pkg/islands.$hash.js"
  # cargo-leptos needs the relocations of its own program; the flag is the same here so that nothing is compiled twice.
  scripts/strip_wasm.py "$HUB_BUILD/islands/islands_bg.wasm" "$pkg/islands.$hash.wasm"
  sed -i '/^islands: /d' "$HUB_BUILD/release/hash.txt"
  echo "islands: $hash" >>"$HUB_BUILD/release/hash.txt"
}

before=$(sources)
if [ "${1:-}" != --force ] && made=$(result 2>/dev/null) && [ "$before $made" = "$(cat "$stamp" 2>/dev/null)" ]; then
  say "nothing changed since the last build"
  exit 0
fi
rm -f "$stamp"
began=$SECONDS

scripts/join-css.sh "$HUB_BUILD/smarthub.css"
say "cargo leptos build --release, into $HUB_BUILD"
LEPTOS_SITE_ROOT="$HUB_SITE" LEPTOS_STYLE_FILE="$HUB_BUILD/smarthub.css" cargo leptos build --release --split
name_program
build_islands

say "compressing the site"
# What is compressed already, or would gain less than 2%, is served as it is.
find "$HUB_SITE" -type f ! -name '*.br' ! -name '*.gz' -print0 | xargs -0 -r -n 1 -P 2 bash -c '
  for pair in "br brotli -q 11 -f -k -o" "gz gzip -9 -n -c"; do
    read -r ending tool <<<"$pair"
    packed="$1.$ending"
    [ "$packed" -nt "$1" ] && continue
    if [ "$ending" = br ]; then $tool "$packed" -- "$1"; else $tool -- "$1" >"$packed"; fi
    [ $(($(stat -c %s "$packed") * 100)) -lt $(($(stat -c %s "$1") * 98)) ] || rm -f "$packed"
  done' pack

printf '%s %s\n' "$before" "$(result)" >"$stamp"
say "done in $((SECONDS - began)) s"
