# The hosted form of Throughline. On a laptop use bin/dev instead.
FROM python:3.13-slim-bookworm

# What WeasyPrint opens at run time.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements/base.txt

COPY . .
ENV DJANGO_SETTINGS_MODULE=config.settings \
    THROUGHLINE_COLLECTED=1 \
    THROUGHLINE_DATA=/data \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    XDG_CACHE_HOME=/tmp/cache
# Settings want a folder to write to; the one used here is thrown away with the key made in it.
RUN THROUGHLINE_DATA=/tmp/build python manage.py collectstatic --noinput -v0 \
 && rm -rf /tmp/build \
 && python -m compileall -q . \
 && useradd --system --uid 10001 --no-create-home throughline \
 && install -d -o throughline -g throughline -m 0750 /data

USER throughline
VOLUME /data
EXPOSE 8000

# As in bin/dev, behind a proxy: --proxy-headers takes the phones' own addresses and https from it.
CMD ["python", "-m", "daphne", "-v", "0", "--no-server-name", "--proxy-headers", \
     "--endpoint", "tcp:port=8000:interface=0.0.0.0:backlog=4096", \
     "--websocket_timeout", "-1", "--websocket_connect_timeout", "20", \
     "--websocket-max-message-size", "4096", "--websocket-max-frame-size", "4096", \
     "config.asgi:application"]
