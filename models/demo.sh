#!/usr/bin/env bash
# Verifies a protocol, shows a deliberate failure with its counterexample, then makes a program of a verified protocol
# and carries a file with it: usage: demo.sh path/to/tryst
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
echo
echo "A verified protocol becomes a program, is compared with its model, and carries a file over UDP links that lose a quarter:"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
show emit "$models/file_transfer.csp:TRANSFER" --output "$work/transfer"
cp "$models"/../file_transfer/* "$work/transfer"
cmake -S "$work/transfer" -B "$work/build" >/dev/null && cmake --build "$work/build" -j >/dev/null || exit 70
echo
echo "\$ transfer carry original copy --monitor && cmp original copy"
head -c 200000 /dev/urandom >"$work/original"
"$work/build/transfer" carry "$work/original" "$work/copy" --monitor && cmp "$work/original" "$work/copy" || exit 70
echo "the copy is identical"
