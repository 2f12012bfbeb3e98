package dev.banyan.whatsapp.simulator;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import java.util.List;
import java.util.Optional;

/**
 * Customers of a simulated number as the pages show them on which they are played, drawn by {@code whatsapp/customers}.
 * {@code base} is the address of the page, {@code query} what links add to it, {@code as} the account that forms are drawn
 * for; {@code draft} is what was typed and could not be sent.
 */
public record CustomersView(
        String number,
        Optional<String> phone,
        String base,
        String query,
        String as,
        List<Entry> entries,
        Chat chat,
        String draft,
        Optional<FormProblem> problem) {

    /** A customer in the list; {@code digits} name them in links. */
    public record Entry(String name, String phone, String digits, boolean current) {}

    /** What the customer's phone shows. {@code mood} is how the phone behaves, one of {@code moods}. */
    public record Chat(
            String name,
            String phone,
            String digits,
            List<Line> lines,
            long onTheWay,
            String mood,
            List<Choice> moods) {

        /** Changes whenever something else is to be seen. */
        public String version() {
            return Integer.toHexString(lines.hashCode()) + "-" + onTheWay;
        }

        public String waiting() {
            return onTheWay == 1 ? "1 message has not arrived yet." : onTheWay + " messages have not arrived yet.";
        }
    }

    /** One message; {@code mine} are those of the customer. */
    public record Line(boolean mine, String text, Optional<String> file, String at, boolean read) {}

    /** Where the form goes on after it was sent. */
    public String here() {
        return base + separated("phone=" + chat.digits());
    }

    /** What asks for the chat again. */
    public String renewal() {
        return here() + "&seen=" + chat.version();
    }

    /** Somebody new. */
    public String newcomer() {
        return base + query;
    }

    public String to(Entry entry) {
        return base + separated("phone=" + entry.digits());
    }

    private String separated(String more) {
        return (query.isEmpty() ? "?" : query + "&") + more;
    }
}
