package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.cluster.News;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;

/// An event of a linking, for those who watch it on other servers.
///
/// @param text why it was refused, or the pairing code
record LinkEventPublished(SenderKey sender, Kind kind, Optional<LinkEvent.Code> code, String text) implements News {

    enum Kind {
        CODE,
        PASSKEY_REQUIRED,
        LINKED,
        TIMED_OUT,
        REFUSED,
        STOPPED,
        /// Someone has asked for a pairing code.
        PAIRING
    }

    static LinkEventPublished of(SenderKey sender, LinkEvent event) {
        return switch (event) {
            case LinkEvent.Code code -> new LinkEventPublished(sender, Kind.CODE, Optional.of(code), "");
            case LinkEvent.PasskeyRequired _ -> plain(sender, Kind.PASSKEY_REQUIRED);
            case LinkEvent.Linked _ -> plain(sender, Kind.LINKED);
            case LinkEvent.TimedOut _ -> plain(sender, Kind.TIMED_OUT);
            case LinkEvent.Refused(String why) -> new LinkEventPublished(sender, Kind.REFUSED, Optional.empty(), why);
            case LinkEvent.Stopped _ -> plain(sender, Kind.STOPPED);
        };
    }

    private static LinkEventPublished plain(SenderKey sender, Kind kind) {
        return new LinkEventPublished(sender, kind, Optional.empty(), "");
    }

    /// @param linked reads the sender, which may be gone by now
    Optional<LinkEvent> event(Supplier<Optional<Sender>> linked) {
        return switch (kind) {
            case CODE -> code.map(LinkEvent.class::cast);
            case PASSKEY_REQUIRED -> Optional.of(new LinkEvent.PasskeyRequired());
            case LINKED -> linked.get().map(LinkEvent.Linked::new);
            case TIMED_OUT -> Optional.of(new LinkEvent.TimedOut());
            case REFUSED -> Optional.of(new LinkEvent.Refused(text));
            case STOPPED -> Optional.of(new LinkEvent.Stopped());
            case PAIRING -> Optional.empty();
        };
    }
}
