#!/usr/bin/env bash
# Verifies a protocol, then shows a deliberate failure with its counterexample: usage: demo.sh path/to/tryst
set -u
tryst=$1
models=$(dirname "$0")/csp

show() {
  echo
  echo "\$ tryst ${*#"$PWD"/}"
  "$tryst" "$@"
  echo "(exit status $?)"
}

echo "The alternating bit protocol over media that lose messages is a one-place buffer, in the strongest model:"
show check --assert 0 "$models/alternating_bit.csp"
echo
echo "Dining philosophers who all pick up the left fork first; the failure is deliberate:"
show check --assert 0 "$models/dining_philosophers.csp"
exit 0
