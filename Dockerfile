# Two stages: one installs the production packages, the other holds nothing but them and the sources.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# What Node never loads goes, two thirds of it all: declarations, source maps, C sources, pages, SQLite for other machines.
# (It runs no TypeScript below node_modules.) Then SQLite must still open.
RUN npm ci --omit=dev && npm cache clean --force \
  && find node_modules -type f \( -name '*.ts' -o -name '*.[cm]ts' -o -name '*.map' -o -name '*.[ch]' \
    -o -name '*.md' ! -iname 'licen[cs]e*' \) -delete \
  && find node_modules/better-sqlite3/prebuilds -type f ! -name "linux-$(node --print process.arch).node" -delete \
  && node --eval 'new (require("better-sqlite3"))(":memory:")'

FROM node:26-slim
LABEL org.opencontainers.image.title="Syncro for Slack" \
  org.opencontainers.image.description="Work and bill Syncro tickets from Slack, under your own name, exactly once" \
  org.opencontainers.image.licenses="MIT"
# Whom it listens to is said by the ports that are published.
ENV NODE_ENV=production LISTEN_HOST=0.0.0.0
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
RUN mkdir -p data clients backups node_modules/.cache && chown node:node data clients backups node_modules/.cache \
  && ln -s /app/src/bin/syncro-slack.mjs /usr/local/bin/syncro-slack
USER node
# Without settings it ends at once, but keeps what it has compiled: every start of the image takes half the time. With the
# flags of the entry point: V8 takes nothing that was compiled under others.
RUN node --disable-sigusr1 --max-semi-space-size=4 --initial-old-space-size=80 src/bin/syncro-slack.mjs start \
  > /dev/null 2>&1 || true
VOLUME ["/app/data", "/app/clients"]
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself, not npm: it is the process that hears SIGTERM. Short-lived objects get 12 MB instead of 48: the process is
# 25 MB smaller, its peaks too. The others are looked through from 80 MB on: at 45, every three seconds of a busy morning,
# an acknowledgement waited 8 ms for that.
ENTRYPOINT ["node", "--disable-sigusr1", "--max-semi-space-size=4", "--initial-old-space-size=80", "src/bin/syncro-slack.mjs"]
CMD ["start"]
