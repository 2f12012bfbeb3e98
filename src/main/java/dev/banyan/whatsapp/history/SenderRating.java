package dev.banyan.whatsapp.history;

import module java.base;

/// What WhatsApp thinks of a number.
///
/// @param quality `green`, `yellow`, `red` or another of WhatsApp's; empty if it has not told
/// @param messagingLimit how many chats the number's business may begin in 24 hours, in words such as `2,000` or
/// `unlimited`; empty if it has not told
public record SenderRating(String quality, String messagingLimit) {

    public static final SenderRating NONE = new SenderRating("", "");

    /// How much of its share of a pool's new contacts a number gets.
    public enum Share {
        WHOLE,
        HALF,
        /// Nothing while another number can send.
        LAST
    }

    /// Returns how many people its business may write to first in 24 hours; empty: any number, or not told.
    Optional<Long> mostPeople() {
        String digits = messagingLimit.replace(",", "");
        return digits.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    public Share share() {
        return switch (quality) {
            case "yellow" -> Share.HALF;
            case "red" -> Share.LAST;
            default -> Share.WHOLE;
        };
    }
}
