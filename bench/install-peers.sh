#!/usr/bin/env bash
# Installs the peers that come from Debian: Pillow with NumPy, ImageMagick and the commands of libvips.
set -euo pipefail
apt-get update
apt-get install --yes --no-install-recommends python3-pil python3-numpy imagemagick libvips-tools
