#!/bin/sh
# Sets up .venv: `sh tools/setup.sh run` for the product, `… dev` for the checks as well.
#
# What is installed is what requirements/*.txt lock, by hash. A stamp named by the hash of the lock
# says that it was done, so that a second start installs nothing and needs no network.
set -eu
cd "$(dirname "$0")/.."

kind=$1
venv=.venv

find_python() {
    for name in python3.11 python3.12 python3.13 python3.14 python3 python; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    cat >&2 <<'MESSAGE'
Taizhang needs Python 3.11 or newer with its venv module, and found none.
需要 Python 3.11 或更高版本（含 venv 模块），本机没有找到。
  Debian 12, Ubuntu 24.04:   apt install python3 python3-venv
  Fedora, openEuler, Kylin:  dnf install python3.11
  macOS:                     brew install python@3.11
Then run the same command again. 安装后重新运行同一命令。
MESSAGE
    exit 1
}

make_venv() {
    if ! "$venv/bin/python" -c '' >/dev/null 2>&1; then
        python=$(find_python)
        echo "Making $venv with $("$python" --version) …"
        "$python" -m venv --clear "$venv"
    fi
}

stamp() {
    echo "$venv/installed-$1-$(cat pyproject.toml requirements/build.in "requirements/$1.txt" |
        cksum | tr ' ' -)"
}

install() {
    echo "Installing what requirements/$1.txt locks …"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes --requirement "requirements/$1.txt"
    # The build tool is locked too, so building fetches nothing.
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --no-deps --no-build-isolation --editable .
    rm -f "$venv"/installed-"$1"-*
    touch "$(stamp "$1")"
}

browser_there() {
    command -v chromium >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null)" ]
}

install_browser() {
    if browser_there; then
        return
    fi
    packages=$(sed 's/#.*//' apt-packages.txt | tr '\n' ' ')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing with apt: $packages"
        # shellcheck disable=SC2086  # one word per package
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $packages && return
    fi
    echo "The browser test will be skipped. For it, install: apt install $packages" >&2
}

make_venv
case $kind in
run)
    # The checks' lock holds the product's, so either will do.
    if [ ! -e "$(stamp run)" ] && [ ! -e "$(stamp dev)" ]; then install run; fi
    ;;
dev)
    if [ ! -e "$(stamp dev)" ]; then install dev; fi
    install_browser
    ;;
*)
    echo "usage: sh tools/setup.sh run|dev" >&2
    exit 2
    ;;
esac
"$venv/bin/python" tools/messages.py compile
