FROM python:3.11-slim

WORKDIR /srv/bianmin
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY data data
COPY intents intents
COPY handlers handlers
COPY bot bot
RUN pip install --no-cache-dir -c constraints.txt hatchling editables \
 && pip install --no-cache-dir -c constraints.txt --no-build-isolation -e . \
 && useradd --uid 10001 --no-create-home bianmin \
 && install -d -o bianmin -m 0700 /var/lib/bianmin

USER bianmin
ENV BIANMIN_HOME=/var/lib/bianmin BIANMIN_HOST=0.0.0.0
VOLUME /var/lib/bianmin
EXPOSE 8080
ENTRYPOINT ["bianmin"]
CMD ["serve"]
