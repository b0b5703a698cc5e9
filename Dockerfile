# The tools, and a worker that stays, on a volume with the catalogue. See compose.yaml.
FROM debian:12-slim AS build
ARG VERSION=
WORKDIR /src
COPY . .
RUN scripts/package ${VERSION:+--version "$VERSION"} && mv build/dist/pressings_*.deb /pressings.deb

FROM debian:12-slim
RUN --mount=type=bind,from=build,source=/pressings.deb,target=/pressings.deb \
    apt-get update \
 && apt-get install -y --no-install-recommends /pressings.deb ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --no-create-home --home-dir /var/lib/pressings pressings \
 && install -d -m 750 -o pressings -g pressings /var/lib/pressings
USER pressings
# The catalogue is /var/lib/pressings/catalog.db.
ENV XDG_DATA_HOME=/var/lib
VOLUME /var/lib/pressings
CMD ["release-worker", "run", "--loop"]
