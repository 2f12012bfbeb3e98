package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.Phone;

/// An address at `wa.me` that opens a chat with a number.
public final class ChatLink {

    /// WhatsApp and some browsers cut off longer addresses.
    public static final int LONGEST = 2_000;

    private static final String START = "https://wa.me/";
    private static final String TEXT = "?text=";
    private static final int LONGEST_NUMBER = 15;

    private ChatLink() {}

    /// @param text the prefilled beginning of the visitor's message; may be empty
    public static String to(Phone phone, String text) {
        return START + phone.digits() + (text.isEmpty() ? "" : TEXT + encoded(text));
    }

    /// Returns whether a text fits into an address, whatever number it is for.
    public static boolean hasRoomFor(String text) {
        return START.length() + LONGEST_NUMBER + TEXT.length() + encoded(text).length() <= LONGEST;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.replace("\r\n", "\n"), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
