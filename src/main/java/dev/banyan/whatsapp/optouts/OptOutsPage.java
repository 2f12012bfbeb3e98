package dev.banyan.whatsapp.optouts;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.SenderId;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Contacts who get no campaigns, and the words by which they say so. `first` and `next` are the addresses of other
/// pages of the list.
@CheckedTemplate(basePath = "whatsapp")
record OptOutsPage(
        PageFrame shell, List<Row> rows, Optional<String> first, Optional<String> next, Form form, FieldErrors errors)
        implements TemplateInstance {

    /// The typed values; words are separated by lines.
    record Form(
            String outWords,
            String inWords,
            String outAnswer,
            String inAnswer,
            String firstContacts,
            String phone,
            String note) {

        static Form of(OptOutSettings settings) {
            return new Form(
                    String.join("\n", settings.outWords()),
                    String.join("\n", settings.inWords()),
                    settings.outAnswer(),
                    settings.inAnswer(),
                    String.valueOf(settings.firstContactsPerDay()),
                    "",
                    "");
        }

        Form with(String typedPhone, String typedNote) {
            return new Form(outWords, inWords, outAnswer, inAnswer, firstContacts, typedPhone, typedNote);
        }
    }

    record Row(String phone, String digits, String why, String note, Optional<String> sender, TimeText time) {

        static Row of(OptOut one) {
            String why = switch (one.cause()) {
                case WORD -> "Wrote “" + one.word().orElse("") + "”";
                case PERSON -> "Added by hand";
                case WHATSAPP -> "Reported by WhatsApp";
            };
            return new Row(
                    one.contact().shown(),
                    one.contact().inPath(),
                    why,
                    one.cause() == OptOut.Cause.WORD ? "" : one.note(),
                    one.sender().map(SenderId::value),
                    Words.time(one.at()));
        }
    }
}
