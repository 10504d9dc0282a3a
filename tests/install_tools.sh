#!/bin/sh
# LibreOffice and poppler for the tests marked "office", Chromium for those marked "browser": installed where this
# machine lets us, else those tests are skipped and say so (in CI they fail instead).
there() {
    for program; do
        command -v "$program" >/dev/null 2>&1 || return 1
    done
}
there soffice pdftoppm chromium chromedriver && exit 0
if there apt-get && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    apt-get install -y -qq --no-install-recommends \
        libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils chromium chromium-driver >/dev/null 2>&1
fi
there soffice || echo "LibreOffice (soffice) is missing: tests marked office will be skipped."
there chromium chromedriver || echo "Chromium (chromedriver) is missing: tests marked browser will be skipped."
