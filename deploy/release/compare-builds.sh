#!/bin/sh
# Builds the committed state twice, in two folders with different names, and compares the jars byte by byte.
# Exit code 0 when all are the same. Takes two builds without tests. See docs/release.md.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/physiowave-compare-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

for build in first second-with-a-longer-name; do
  mkdir "$work/$build"
  git -C "$home" archive HEAD | tar -x -C "$work/$build"
  echo "Building in $work/$build ..."
  (
    cd "$work/$build"
    sh ./mvnw -B -q -ntp package -DskipTests -DskipITs -Djacoco.skip -Dspotless.check.skip "$@"
    find . -name '*.jar' -path '*/target/*' ! -path '*/target/*/*' | LC_ALL=C sort | xargs sha256sum
  ) >"$work/$build.sha256"
done

cat "$work/first.sha256"
if cmp -s "$work/first.sha256" "$work/second-with-a-longer-name.sha256"; then
  echo "The $(wc -l <"$work/first.sha256") jars of both builds are the same."
else
  diff "$work/first.sha256" "$work/second-with-a-longer-name.sha256" || true
  echo 'The builds differ.' >&2
  exit 1
fi
