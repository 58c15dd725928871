#!/usr/bin/env bash
# Installs the programs that tests ask for a second opinion on files: ImageMagick, Pillow, librsvg and libheif's
# programs, with a font. Does nothing where there is no apt: those tests are then skipped.
set -euo pipefail
command -v apt-get > /dev/null || exit 0
packages=(imagemagick python3-pil libheif-examples librsvg2-bin fonts-dejavu-core)
# A package that is known and not installed has a status too.
states=$(dpkg-query --show --showformat='${db:Status-Status}\n' "${packages[@]}" 2> /dev/null || true)
if [ "$(grep --count --line-regexp installed <<< "$states")" -eq "${#packages[@]}" ]; then exit 0; fi
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo --non-interactive "$@"; fi; }
export DEBIAN_FRONTEND=noninteractive
as_root apt-get update --quiet=2
as_root apt-get install --quiet=2 --yes --no-install-recommends "${packages[@]}" > /dev/null
