# Front-end files: Node at build time only.
FROM node:20-bookworm-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts/build_static.mjs scripts/
RUN node scripts/build_static.mjs

# The Python environment, exactly as the lock file says.
FROM python:3.11-slim-bookworm AS environment
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN UV_PYTHON_PREFERENCE=only-system uv sync --frozen --no-dev --python 3.11

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        chromium fontconfig fonts-noto-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 librsvg2-bin \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home monitor \
    && install -d -o monitor -g monitor /data
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 MONITOR_DATA_DIR=/data MONITOR_STATIC_ROOT=/app/staticfiles
COPY --from=environment /app/.venv .venv
COPY . .
COPY --from=front-end /app/monitor/base/static/vendor monitor/base/static/vendor
# A key of this one command: nothing of it stays in the image.
RUN SECRET_KEY=build MONITOR_DATA_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q monitor indicators commitments allocation reports \
    && rm -rf /tmp/build
USER monitor
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "monitor.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", "--timeout=60", "--no-control-socket"]
