# How a hub is started; to be sourced by scripts that run from the root of the repository.
. scripts/env.sh

# The database is a file in the data folder, or what HUB_DATABASE names.
hub_environment() { # hub_environment DATA_FOLDER PORT: the server's settings, and HUB_URL for who asks it
  export HUB_URL="http://127.0.0.1:$2"
  export SMARTHUB_CONFIG="$PWD/demo/hub.toml" SMARTHUB_ADDRESS="127.0.0.1:$2" SMARTHUB_PUBLIC_URL="$HUB_URL"
  export SMARTHUB_DATA_FOLDER="$1" DATABASE_URL="${HUB_DATABASE:-sqlite:$1/hub.db}" LEPTOS_SITE_ROOT="$HUB_SITE"
  mkdir -p "$1"
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

wait_for_hub() { # wait_for_hub PID SECONDS: until it answers, at most so long
  local until=$((SECONDS + $2))
  while ! curl -fsS -o /dev/null --max-time 2 "$HUB_URL/" 2>/dev/null; do
    if ! kill -0 "$1" 2>/dev/null; then echo "the server stopped" >&2; return 1; fi
    if [ "$SECONDS" -ge "$until" ]; then echo "the server did not answer within $2 s" >&2; return 1; fi
    sleep 0.1
  done
}

stop_hub() { # stop_hub PID: asks, and after 10 s kills
  kill "$1" 2>/dev/null || return 0
  for _ in $(seq 100); do kill -0 "$1" 2>/dev/null || break; sleep 0.1; done
  kill -9 "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
