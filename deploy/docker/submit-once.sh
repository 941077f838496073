#!/usr/bin/env bash
# Submits a job to a session cluster unless one of its name is there: `docker compose up` runs finished containers again, and two
# scheduler jobs on the same topics would undo each other's work.
# Usage: submit-once.sh NAME ARGUMENTS_OF_FLINK_RUN...
set -euo pipefail

if (($# < 2)); then
  echo "submit-once.sh: give the name of the job and the arguments of 'flink run'" >&2
  exit 2
fi
name=$1
shift
jobs=$(flink list)
if grep -qF " : $name (" <<<"$jobs"; then
  echo "$name is there already"
else
  exec flink run "$@"
fi
