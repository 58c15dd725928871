# syntax=docker/dockerfile:1

# One image for the API (by default), the worker and the command line; `tools/rehearse-image.ts` takes these very steps
# on a machine without containers.
FROM node:26.10.0-trixie-slim AS build
ENV CI=true TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
WORKDIR /build
RUN npm install --global pnpm@12.21.0
# Packages stay in the cache of layers until the lock file changes.
COPY pnpm-lock.yaml pnpm-workspace.yaml package.json ./
RUN pnpm fetch
COPY . .
RUN pnpm install --frozen-lockfile --offline
RUN pnpm exec turbo run build --filter='./apps/*' --output-logs=errors-only
# The same lock file once more without what builds, then without the Node.js of the repository, as the image has its own.
RUN rm -rf node_modules apps/*/node_modules packages/*/node_modules \
 && pnpm install --prod --frozen-lockfile --offline --filter='{./apps/*}...' \
 && rm -rf node_modules/node node_modules/.bin node_modules/.pnpm/node@* apps/*/src packages/*/src .turbo apps/*/.turbo packages/*/.turbo

FROM node:26.10.0-trixie-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libjemalloc2 \
 && rm -rf /var/lib/apt/lists/* \
 && install --directory --owner=node --group=node /data
# jemalloc gives memory back that glibc's allocator keeps after large pictures; the loader finds it by its bare name on
# every architecture.
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data LD_PRELOAD=libjemalloc.so.2
WORKDIR /app
COPY --from=build /build ./
# By number, so that Kubernetes can tell it is not root. Only /data and /tmp are written.
USER 1000:1000
VOLUME /data
EXPOSE 8787 8788 9091
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8787}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/api/dist/main.js"]
