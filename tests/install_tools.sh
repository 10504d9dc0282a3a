#!/bin/sh
# LibreOffice and poppler for the tests marked "office": installed where this machine lets us, else those tests
# are skipped and say so (in CI they fail instead).
if command -v soffice >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    apt-get install -y -qq --no-install-recommends \
        libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils >/dev/null 2>&1
fi
command -v soffice >/dev/null 2>&1 || echo "LibreOffice (soffice) is missing: tests marked office will be skipped."
