#!/usr/bin/env bash
# Installs the programs that tests ask for a second opinion on files: ImageMagick, Pillow and libheif's encoder, with a
# font. Does nothing where there is no apt: those tests are then skipped.
set -euo pipefail
command -v apt-get > /dev/null || exit 0
packages=(imagemagick python3-pil libheif-examples fonts-dejavu-core)
if dpkg-query --show "${packages[@]}" > /dev/null 2>&1; then exit 0; fi
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo --non-interactive "$@"; fi; }
export DEBIAN_FRONTEND=noninteractive
as_root apt-get update --quiet=2
as_root apt-get install --quiet=2 --yes --no-install-recommends "${packages[@]}" > /dev/null
