package dev.banyan.demo;

import static dev.banyan.whatsapp.DeliveryState.DELIVERED;
import static dev.banyan.whatsapp.DeliveryState.FAILED;
import static dev.banyan.whatsapp.DeliveryState.READ;

import module java.base;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.Message.By;
import dev.banyan.workspaces.inbox.SampleThreads.Line;
import dev.banyan.workspaces.inbox.SampleThreads.Sample;

/// What the sample workspace's inbox contains: invented customers of Marula Skincare, in all states of a conversation.
final class DemoInbox {

    static final Map<String, String> REPLIES = Map.of(
            "delivery", "Orders placed before noon leave the same day and arrive within two working days.",
            "hours", "We answer from 8:00 to 18:00, Monday to Friday. On weekends it takes a little longer.",
            "returns", "You can return unopened products within 30 days. I’ll send you a label by email.",
            "thanks", "Thank you! Is there anything else I can help you with?");

    private DemoInbox() {}

    /// @param sales the number that most customers write to
    static List<Sample> threads(SenderId sales, SenderId support, By amira, By omar) {
        return List.of(
                closed(
                        "+971500000021",
                        "Tomás Braga",
                        sales,
                        omar,
                        "invoice",
                        Line.contact("Hello, could you send me the invoice for order 1048?", days(6, 300)),
                        Line.reply(omar, "Of course. It’s in your inbox now.", days(6, 290), READ),
                        Line.contact("Got it, thank you!", days(6, 280)),
                        Line.reply(omar, "You’re welcome. Enjoy the oils!", days(6, 278), READ)),
                closed(
                        "+971500000022",
                        "Noor Fahmy",
                        sales,
                        amira,
                        "event",
                        Line.contact("Is the soap workshop on Saturday still on?", days(3, 120)),
                        Line.assistant("Hello! I follow fixed rules. A colleague will answer you.", days(3, 119)),
                        Line.reply(
                                amira, "Yes, at 10:00 in the orchard. I kept two seats for you.", days(3, 100), READ),
                        Line.contact("Perfect, see you on Saturday!", days(3, 96))),
                closed(
                        "+971500000023",
                        "Priya Menon",
                        support,
                        omar,
                        "returns",
                        Line.contact("The pump of my face oil is broken.", days(9, 60)),
                        Line.reply(
                                omar, "I’m sorry! A new one is on its way, no need to return it.", days(9, 40), READ),
                        Line.contact("That’s very kind, thanks.", days(9, 20))),
                new Sample(
                        phone("+971500000024"),
                        "Leo Kowalski",
                        "Runs a spa in Lisbon. Orders every quarter.",
                        sales,
                        Optional.of(omar),
                        false,
                        false,
                        0,
                        List.of("wholesale"),
                        List.of(
                                Line.contact(
                                        "Hi Omar, can you do 40 body balms by the end of the month?", days(1, 200)),
                                Line.reply(
                                        omar, "Let me check with the orchard and get back to you.", days(1, 180), READ),
                                Line.contact("Great. Same labels as last time, please.", days(1, 170)),
                                Line.note(omar, "Waiting for the supplier. Jars arrive on Thursday.", days(1, 90)))),
                new Sample(
                        phone("+971500000025"),
                        "Hassan Bitar",
                        "",
                        support,
                        Optional.of(amira),
                        false,
                        false,
                        0,
                        List.of(),
                        List.of(
                                Line.contact("Do you ship to Muscat?", days(2, 60)),
                                Line.reply(amira, "Yes, within four working days.", days(2, 45), DELIVERED),
                                Line.reply(amira, "Shall I reserve the winter set for you?", days(1, 20), FAILED))),
                new Sample(
                        phone("+971500000026"),
                        "Dina Mansour",
                        "Prefers Arabic.",
                        sales,
                        Optional.of(amira),
                        false,
                        false,
                        1,
                        List.of("order"),
                        List.of(
                                Line.contact("Good morning! Is order 1102 on its way?", hours(5, 10)),
                                Line.reply(amira, "Good morning, Dina. It left yesterday at noon.", hours(5, 2), READ),
                                Line.contact("شكراً جزيلاً", hours(4, 50)))),
                new Sample(
                        phone("+971500000027"),
                        "Rana Aziz",
                        "Sensitive skin, no nut oils.",
                        sales,
                        Optional.empty(),
                        false,
                        true,
                        2,
                        List.of("order", "urgent"),
                        List.of(
                                Line.contact("Hi! I ordered the face oil last week. It’s lovely.", days(1, 40)),
                                Line.reply(omar, "So glad you like it, Rana!", days(1, 30), READ),
                                Line.contact("Is the winter set back in stock?", hours(1, 12)),
                                Line.assistant(
                                        "Hello! I follow fixed rules. Type “person” to talk to a colleague.",
                                        hours(1, 11)),
                                Line.note(amira, "@omar six sets arrive tomorrow. Keep four for her.", hours(0, 58)),
                                Line.contact("person please. I need four by Thursday.", hours(0, 42)))),
                new Sample(
                        phone("+971500000028"),
                        "Yara Said",
                        "",
                        support,
                        Optional.empty(),
                        false,
                        false,
                        1,
                        List.of(),
                        List.of(Line.contact("Can I use the body balm during pregnancy?", hours(0, 18)))));
    }

    private static Sample closed(String phone, String name, SenderId sender, By assignee, String tag, Line... lines) {
        return new Sample(
                phone(phone), name, "", sender, Optional.of(assignee), true, false, 0, List.of(tag), List.of(lines));
    }

    private static Phone phone(String number) {
        return Phone.parse(number).orElseThrow();
    }

    private static Duration days(int days, int minutes) {
        return Duration.ofDays(days).plusMinutes(minutes);
    }

    private static Duration hours(int hours, int minutes) {
        return Duration.ofHours(hours).plusMinutes(minutes);
    }
}
