# The service as an image: docker build -t moderation . && docker run -p 127.0.0.1:50051:50051 moderation
FROM python:3.12-slim AS build
WORKDIR /source
RUN python -m venv /opt/moderation
COPY pyproject.toml README.md LICENSE ./
COPY moderation moderation
COPY wordlists wordlists
COPY dialects dialects
COPY models models
COPY profiles profiles
COPY library library
COPY variants variants
RUN /opt/moderation/bin/pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin moderation
COPY --from=build /opt/moderation /opt/moderation
ENV PATH=/opt/moderation/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MODERATION_HOST=0.0.0.0 \
    MODERATION_PORT=50051 \
    MODERATION_CACHE=/opt/moderation/cache
# The settings of this image stop within the 10 seconds that `docker stop` waits.
ENV MODERATION_GRACE_SECONDS=8
RUN install -d -m 700 -o 10001 -g 10001 /opt/moderation/cache
USER 10001:10001
WORKDIR /tmp
# Built by this stage's Python, whose version is part of the automaton's name.
RUN moderation wordlist build --locale en
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, sys, grpc; from grpc_health.v1 import health_pb2 as h, health_pb2_grpc as g; sys.exit(g.HealthStub(grpc.insecure_channel('127.0.0.1:' + os.environ['MODERATION_PORT'])).Check(h.HealthCheckRequest(), timeout=2).status != h.HealthCheckResponse.SERVING)"]
ENTRYPOINT ["moderation"]
CMD ["serve"]
