#!/usr/bin/env bash
# Runs every fuzz target: run.sh BUILD_DIR [SECONDS=60]. What a target finds interesting is kept in BUILD_DIR/corpus/.
set -eu
build=$1
seconds=${2:-60}
models=$(cd "$(dirname "$0")/../../models" && pwd)
for target in "$build"/tests/fuzz/*_fuzz; do
  [ -x "$target" ] || continue
  name=$(basename "$target")
  mkdir -p "$build/corpus/$name"
  echo "$name: $seconds s"
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$build/corpus/$name-" "$build/corpus/$name" "$models/csp" >"$build/corpus/$name.log" 2>&1 ||
    { tail -40 "$build/corpus/$name.log"; exit 1; }
  grep -E 'stat::number_of_executed_units|stat::average_exec_per_sec' "$build/corpus/$name.log"
done
