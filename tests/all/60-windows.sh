#!/bin/sh
# The programs for Windows, x64 and x86: whether Server 2003 could load them, and what they do under Wine.
set -eu
cd "$(dirname "$0")/../.."
./dev windows --tests
