package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.TimeText;

/// The customers of a simulated number on the pages that simulate them, rendered by `whatsapp/customers`. `base` is the
/// address of the page, `query` the query added to links, `as` the account that forms are shown for; `draft` is typed
/// text that could not be sent, `about` the message that is being answered, or edited if the customer wrote it.
public record CustomersView(
        String number,
        Optional<String> phone,
        String base,
        String query,
        String as,
        List<Entry> entries,
        Chat chat,
        String draft,
        Optional<Line> about,
        Optional<FormProblem> problem) {

    /// A customer in the list; `digits` identify it in links.
    public record Entry(String name, String phone, String digits, boolean current) {}

    /// The screen of the customer's phone. `mood` is the phone's behavior, one of `moods`.
    public record Chat(
            String name,
            String phone,
            String digits,
            List<Line> lines,
            long onTheWay,
            boolean typing,
            String mood,
            List<Choice> moods) {

        /// Changes whenever the content changes.
        public String version() {
            return Integer.toHexString(lines.hashCode()) + "-" + onTheWay + (typing ? "t" : "");
        }

        public String waiting() {
            return onTheWay == 1 ? "1 message hasn’t arrived yet." : onTheWay + " messages haven’t arrived yet.";
        }
    }

    /// A message; `mine` if it was written by the customer. `choices` are what the customer can choose from.
    public record Line(
            String id,
            boolean mine,
            String text,
            Optional<String> file,
            TimeText at,
            boolean read,
            Optional<String> quoted,
            List<String> reactions,
            boolean edited,
            boolean deleted,
            List<Choice> choices) {

        public Line {
            reactions = List.copyOf(reactions);
            choices = List.copyOf(choices);
        }
    }

    /// What customers react with.
    public List<String> emojis() {
        return List.of("👍", "❤️", "😂", "😮");
    }

    /// Returns whether the customer edits a message, instead of answering it.
    public boolean editing() {
        return about.filter(Line::mine).isPresent();
    }

    public String about(Line line) {
        return here() + "&about=" + line.id();
    }

    /// Returns the address that the form redirects to.
    public String here() {
        return base + separated("phone=" + chat.digits());
    }

    /// Returns the address that refreshes the chat.
    public String renewal() {
        return here() + "&seen=" + chat.version();
    }

    /// Returns the address for a new customer.
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
