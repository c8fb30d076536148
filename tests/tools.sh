#!/usr/bin/env bash
# What the browser tests and the platforms' own clients need: Debian's Chromium and fonts, npm packages.
set -euo pipefail
cd "$(dirname "$0")"
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
need=()
[ -x /usr/bin/chromium ] || need+=(chromium)
fc-list 2>/dev/null | grep -qi wqy || need+=(fonts-wqy-microhei fontconfig)
command -v node >/dev/null || need+=(nodejs npm)
[ -e /usr/lib/x86_64-linux-gnu/libcurl.so.4 ] || need+=(libcurl4)
if [ ${#need[@]} -gt 0 ]; then
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${need[@]}"
fi
(cd judges && npm install --silent --no-audit --no-fund --no-package-lock)
