#!/bin/sh
# What a fresh container needs: the environment, settings for development, the first release.
set -eu
cd "$(dirname "$0")/.."

python -m venv .venv
export PATH="$PWD/.venv/bin:$PATH"
pip install --disable-pip-version-check --require-hashes -r requirements-dev.txt

if [ ! -e .env ]; then
    key=$(python -c "import secrets; print(secrets.token_hex())")
    sed -e "s/^SECRET_KEY=$/SECRET_KEY=$key/" -e "s/^FLASK_DEBUG=0$/FLASK_DEBUG=1/" .env.example >.env
fi

sed -n "s/^release: //p" Procfile | sh -eu
