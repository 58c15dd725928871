#!/usr/bin/env bash
# Installs what comes from Debian: Pillow with NumPy, ImageMagick and the commands of libvips as peers, and photographs.
set -euo pipefail
apt-get update
apt-get install --yes --no-install-recommends mate-backgrounds python3-pil python3-numpy imagemagick libvips-tools
