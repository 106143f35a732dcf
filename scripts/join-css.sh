#!/usr/bin/env bash
# Joins the style sheets that style/order.txt names, in that order, into the one file that cargo-leptos takes.
# Writes only when something changed, so that nothing is built for nothing.
#   scripts/join-css.sh TO_FILE
set -euo pipefail
to=$(realpath -m "$1")
cd "$(dirname "$0")/../style"

joined=$(mktemp)
trap 'rm -f "$joined"' EXIT
named=()
while read -r sheet; do
  case "$sheet" in "" | "#"*) continue ;; esac
  named+=("$sheet")
  cat "$sheet" >>"$joined"
  echo >>"$joined"
done <order.txt

# Some sheets are not for every page: those that need them carry them (app/web/src/page_response.rs).
named+=(account.css table.css board.css)
# A sheet that nobody names would silently be missing from every page.
missing=$(find . -name '*.css' -printf '%P\n' | sort | comm -23 - <(printf '%s\n' "${named[@]}" | sort))
if [ -n "$missing" ]; then
  printf 'style/order.txt does not name: %s\n' "$missing" >&2
  exit 1
fi
mkdir -p "$(dirname "$to")"
cmp -s "$joined" "$to" || cat "$joined" >"$to"
