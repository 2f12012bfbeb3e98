package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.web.page.QrPicture;

/// A code on the pages that link a number, rendered by `whatsapp/linkCode`. `secondsLeft` of `seconds` remain until the
/// next code, or until the end if it is the `last`.
public record LinkCode(QrPicture qr, int number, int of, long secondsLeft, long seconds) {

    public static LinkCode of(LinkEvent.Code code, Instant now) {
        return new LinkCode(
                QrPicture.of(code.text()),
                code.number(),
                code.of(),
                Math.max(0, Duration.between(now, code.expiresAt()).toSeconds()),
                Duration.between(code.shownAt(), code.expiresAt()).toSeconds());
    }

    public boolean last() {
        return number == of;
    }
}
