package dev.banyan.whatsapp.access;

import dev.banyan.whatsapp.Sender;

/// A number that a page names.
///
/// @param id empty for one that was removed
public record SenderName(String id, String name) {

    public static SenderName of(Sender sender) {
        return new SenderName(sender.id().value(), sender.shownName());
    }
}
