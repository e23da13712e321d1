# The program alone: no compiler, no tests, no development packages. docs/reference/containers.md tells how it runs.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY bin bin
COPY agreements agreements
COPY events events
COPY projections projections
COPY graphql graphql
COPY src src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# Everything that is written lies in /data, so that the rest can be read-only.
ENV CODICIL_STORE=sqlite:/data/codicil.db \
    CODICIL_MIRROR=/data/mirror.db \
    CODICIL_HOST=0.0.0.0
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.CODICIL_PORT || 4000) + '/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/codicil.js"]
CMD ["serve"]
